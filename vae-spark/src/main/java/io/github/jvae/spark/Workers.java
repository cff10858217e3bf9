package io.github.jvae.spark;

import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a training, of which this is one: with a ring to add up gradients, and another to
 * collect rows, as batches are made in a thread of their own.
 */
final class Workers implements AutoCloseable {
  private static final int GRADIENTS = 0;
  private static final int ROWS = 1;

  private final TaskContext task;
  private final @Nullable BarrierTaskContext barrier;
  private final int rank;
  private final int size;
  private final Map<Integer, Ring> rings;

  private Workers(
      TaskContext task,
      @Nullable BarrierTaskContext barrier,
      int rank,
      int size,
      Map<Integer, Ring> rings) {
    this.task = task;
    this.barrier = barrier;
    this.rank = rank;
    this.size = size;
    this.rings = rings;
  }

  /** Returns the one worker that this task is. */
  static Workers alone(TaskContext task) {
    return new Workers(task, null, 0, 1, Map.of());
  }

  /**
   * Connects the tasks of a barrier stage.
   *
   * @param secret of the job
   * @param timeout after which a silent worker counts as lost
   * @throws VaeException if they cannot reach each other
   */
  static Workers of(BarrierTaskContext barrier, Secret secret, Duration timeout) {
    int rank = barrier.partitionId();
    String[] hosts = Arrays.stream(barrier.getTaskInfos())
        .map(info -> host(info.address()))
        .toArray(String[]::new);
    RingSockets.Job job =
        new RingSockets.Job(rank, hosts.length, secret, timeout, barrier::isInterrupted);
    try (RingSockets sockets = new RingSockets(InetAddress.getByName(hosts[rank]), job)) {
      String[] ports = barrier.allGather(Integer.toString(sockets.port()));
      int next = (rank + 1) % hosts.length;
      return new Workers(
          barrier,
          barrier,
          rank,
          hosts.length,
          sockets.connect(new InetSocketAddress(hosts[next], Integer.parseInt(ports[next])), 2));
    } catch (IOException e) {
      throw new VaeException(
          "worker " + rank + " cannot listen at its executor's address " + hosts[rank] + ": "
              + e.getMessage() + "; set SPARK_LOCAL_IP to an address of the machine",
          e);
    }
  }

  /** Returns an address without the port, which an IPv6 address has after its brackets. */
  private static String host(String address) {
    int colon = address.lastIndexOf(':');
    return colon < 0 || address.endsWith("]") ? address : address.substring(0, colon);
  }

  int rank() {
    return rank;
  }

  int size() {
    return size;
  }

  /** Returns the ring that gradients are added up in, by the training's own thread. */
  Ring gradients() {
    return Objects.requireNonNull(rings.get(GRADIENTS));
  }

  /** Returns the ring that rows are collected in, by one thread at a time. */
  Ring rows() {
    return Objects.requireNonNull(rings.get(ROWS));
  }

  /** Returns what all workers tell, in their order. */
  List<String> tell(String message) {
    return barrier == null ? List.of(message) : List.of(barrier.allGather(message));
  }

  /** Returns what the first worker has, if it has it. */
  Optional<byte[]> fromFirst(Optional<byte[]> bytes) {
    if (size == 1) {
      return bytes;
    }
    byte[] received = gradients().fromFirst(bytes.orElse(new byte[0]));
    return received.length == 0 ? Optional.empty() : Optional.of(received);
  }

  /** Waits until all workers are here. */
  void meet() {
    if (barrier != null) {
      barrier.barrier();
    }
  }

  /** Ends this task if Spark has asked for it. */
  void requireWanted() {
    task.killTaskIfInterrupted();
  }

  @Override
  public void close() {
    rings.values().forEach(Ring::close);
  }
}

package io.github.jvae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Workers in a ring")
@Timeout(60)
class RingTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private interface Work<T> {
    T by(int rank, Ring ring);
  }

  private RingSockets sockets(int rank, int size, Secret secret, Duration timeout)
      throws Exception {
    return new RingSockets(
        InetAddress.getLoopbackAddress(),
        new RingSockets.Job(rank, size, secret, timeout, cancelled::get));
  }

  private static InetSocketAddress address(RingSockets sockets) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), sockets.port());
  }

  /** Returns what each of some workers does in the second of two rings. */
  private <T> List<T> all(int size, Duration timeout, Work<T> work) throws Exception {
    Secret secret = Secret.random();
    List<RingSockets> sockets = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      sockets.add(sockets(rank, size, secret, timeout));
    }
    List<Future<T>> running = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      int own = rank;
      Callable<T> task = () -> {
        Map<Integer, Ring> rings =
            sockets.get(own).connect(address(sockets.get((own + 1) % size)), 2);
        try {
          return work.by(own, Objects.requireNonNull(rings.get(1)));
        } finally {
          rings.values().forEach(Ring::close);
          sockets.get(own).close();
        }
      };
      running.add(threads.submit(task));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : running) {
      results.add(future.get());
    }
    return results;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  @DisplayName("add up numbers, all to the same sums, also where there are fewer than workers")
  void sums(int size) throws Exception {
    for (int length : new int[] {0, 1, 2, 7, 100_003}) {
      List<float[]> sums = all(size, LONG, (rank, ring) -> {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
          numbers[i] = (rank + 1) * (i % 1000);
        }
        ring.sum(numbers);
        return numbers;
      });
      float[] expected = new float[length];
      for (int i = 0; i < length; i++) {
        expected[i] = size * (size + 1) / 2 * (i % 1000);
      }
      assertThat(sums).hasSize(size).allSatisfy(sum -> assertThat(sum).isEqualTo(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  @DisplayName("collect blocks of different lengths, and have what the first one has")
  void gathers(int size) throws Exception {
    List<String> results = all(size, LONG, (rank, ring) -> {
      List<float[]> blocks = new ArrayList<>();
      for (int worker = 0; worker < size; worker++) {
        blocks.add(new float[worker]);
      }
      Arrays.fill(blocks.get(rank), rank);
      ring.gather(blocks);
      StringBuilder all = new StringBuilder();
      blocks.forEach(block -> all.append(Arrays.toString(block)));
      byte[] own = (rank == 0 ? "from the first" : "").getBytes(StandardCharsets.UTF_8);
      return all + new String(ring.fromFirst(own), StandardCharsets.UTF_8);
    });
    StringBuilder expected = new StringBuilder("[]");
    for (int worker = 1; worker < size; worker++) {
      float[] block = new float[worker];
      Arrays.fill(block, worker);
      expected.append(Arrays.toString(block));
    }
    assertThat(results).hasSize(size).containsOnly(expected + "from the first");
  }

  @Test
  @DisplayName("send strangers away, and go on without them")
  void strangers() throws Exception {
    Secret secret = Secret.random();
    try (RingSockets first = sockets(0, 2, secret, LONG);
        RingSockets second = sockets(1, 2, secret, LONG);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), first.port());
        Socket noisy = new Socket(InetAddress.getLoopbackAddress(), second.port())) {
      noisy.getOutputStream().write(new byte[72]);
      Future<Map<Integer, Ring>> one = threads.submit(() -> first.connect(address(second), 1));
      Map<Integer, Ring> other = second.connect(address(first), 1);
      assertThat(other).hasSize(1);
      assertThat(one.get()).hasSize(1);
      // All that a stranger is given is the question it could not answer.
      assertThat(silent.getInputStream().readAllBytes()).hasSize(32);
      assertThat(noisy.getInputStream().readAllBytes()).hasSize(32);
      one.get().values().forEach(Ring::close);
      other.values().forEach(Ring::close);
    }
  }

  @Test
  @DisplayName("do not talk to whoever has another secret")
  void secrets() throws Exception {
    try (RingSockets first = sockets(0, 2, Secret.random(), Duration.ofSeconds(2));
        RingSockets second = sockets(1, 2, Secret.random(), Duration.ofSeconds(2))) {
      Future<?> one = threads.submit(() -> first.connect(address(second), 1));
      assertThatThrownBy(() -> second.connect(address(first), 1))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("worker 1 of 2 cannot reach its neighbours");
      assertThatThrownBy(one::get).hasCauseInstanceOf(VaeException.class);
    }
    assertThat(Secret.random().toString()).isEqualTo("a secret");
  }

  @Test
  @DisplayName("give up a worker that keeps silent")
  void silence() {
    assertThatThrownBy(() -> all(2, Duration.ofSeconds(1), (rank, ring) -> {
          if (rank == 0) {
            ring.sum(new float[10]);
          } else {
            sleep(3_000);
          }
          return rank;
        }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(VaeException.class)
        .hasMessageContaining("has sent nothing for 1 s");
  }

  @Test
  @DisplayName("end when their task is to end, though others keep silent")
  void cancelling() {
    assertThatThrownBy(() -> all(2, LONG, (rank, ring) -> {
          if (rank == 0) {
            ring.sum(new float[10]);
          } else {
            sleep(300);
            cancelled.set(true);
            sleep(1_000);
          }
          return rank;
        }))
        .hasMessageContaining("the training was ended");
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("hold rows in order, in parts of about the same size")
  void parts() {
    List<RowKey> keys = new ArrayList<>();
    int[] counts = new int[3];
    for (float[] row : LocalSpark.numbers(3000)) {
      RowKey key = RowKey.of(row, new float[0], false);
      keys.add(key);
      counts[key.part(3)]++;
    }
    keys.sort(null);
    for (int i = 1; i < keys.size(); i++) {
      assertThat(keys.get(i).part(3)).isGreaterThanOrEqualTo(keys.get(i - 1).part(3));
    }
    for (int count : counts) {
      assertThat(count).isBetween(900, 1100);
    }
    assertThat(new RowKey(-1, 0).part(3)).isEqualTo(2);
    assertThat(new RowKey(0, 0).part(3)).isZero();
  }
}

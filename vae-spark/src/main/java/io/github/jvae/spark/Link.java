package io.github.jvae.spark;

import io.github.jvae.error.VaeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * What a worker sends to the next one of a ring and receives from the one before. Sending happens
 * in a thread of its own, as all workers of a ring send at the same time, and none would read.
 */
final class Link implements AutoCloseable {
  /** How often a waiting thread looks whether it is to end. */
  static final int LOOK_MILLIS = 200;

  /**
   * A worker that fails takes its connections with it. Its own error says why, so whoever notices
   * waits to be ended by Spark for that reason, and complains only after this time.
   */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** What a worker says that only notices what happened to another. */
  static final String LOST = "another worker is lost";

  private final String peers;
  private final Socket from;
  private final Socket to;
  private final InputStream in;
  private final OutputStream out;
  private final Duration timeout;
  private final BooleanSupplier cancelled;
  private final ExecutorService sender;

  /**
   * @param peers who they are, for messages
   * @param from connected to the worker before
   * @param to connected to the next one
   * @param timeout after which a silent worker counts as lost
   * @param cancelled whether the task is to end
   */
  Link(String peers, Socket from, Socket to, Duration timeout, BooleanSupplier cancelled)
      throws IOException {
    this.peers = peers;
    this.from = from;
    this.to = to;
    this.timeout = timeout;
    this.cancelled = cancelled;
    this.in = from.getInputStream();
    this.out = to.getOutputStream();
    from.setSoTimeout(LOOK_MILLIS);
    this.sender = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, "jvae-ring-sender");
      thread.setDaemon(true);
      return thread;
    });
  }

  /**
   * Sends to the next worker and receives from the one before, at the same time.
   *
   * @param sent bytes to send
   * @param received is filled
   * @throws VaeException if a worker is lost, or silent for too long
   */
  void exchange(byte[] sent, byte[] received) {
    Future<?> sending = sender.submit(() -> {
      out.write(sent);
      out.flush();
      return null;
    });
    receive(received);
    await(sending);
  }

  private void await(Future<?> sending) {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw lost(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaeException("the training was ended while workers exchanged gradients", e);
    }
  }

  private void receive(byte[] received) {
    long deadline = System.nanoTime() + timeout.toNanos();
    int count = 0;
    while (count < received.length) {
      try {
        int more = in.read(received, count, received.length - count);
        if (more < 0) {
          throw new EOFException("its connection is closed");
        }
        count += more;
        deadline = System.nanoTime() + timeout.toNanos();
      } catch (SocketTimeoutException e) {
        requireWanted();
        if (System.nanoTime() > deadline) {
          close();
          throw new VaeException(
              peers + ": the worker before has sent nothing for " + timeout.toSeconds()
                  + " s; see that task's log, or raise networkTimeout if steps take that long",
              e);
        }
      } catch (IOException e) {
        throw lost(e);
      }
    }
  }

  private void requireWanted() {
    if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      close();
      throw new VaeException("the training was ended while workers exchanged gradients");
    }
  }

  private VaeException lost(Throwable cause) {
    close();
    long end = System.nanoTime() + GRACE.toNanos();
    while (System.nanoTime() < end && !cancelled.getAsBoolean()) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return new VaeException(
        peers + ": " + LOST + " (" + cause.getMessage() + "); its own task says why", cause);
  }

  @Override
  public void close() {
    sender.shutdownNow();
    closeQuietly(to);
    closeQuietly(from);
  }

  /** Closes what is of no use any more. */
  static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // Nothing is lost with it: whoever is at the other end sees the end all the same.
      return;
    }
  }
}

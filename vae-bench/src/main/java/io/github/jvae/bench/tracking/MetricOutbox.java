package io.github.jvae.bench.tracking;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to an MLflow server, and the thread that sends it, so that training never
 * waits for the server. A server that is away is asked again until training ends, and once after
 * that; what there is no more room for meanwhile is lost, and counted.
 */
final class MetricOutbox {
  /** Batches that may wait; of epochs, more than most trainings have. */
  private static final int MOST_WAITING = 1000;

  /** The thread may need the server's patience twice for metrics, and once for the end. */
  private static final int PATIENCES = 4;

  private final MlflowServer server;
  private final String run;
  private final Duration pause;
  private final Consumer<String> note;
  private final Thread thread;

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<List<Metric>> waiting = new ArrayDeque<>();
  private @Nullable TrainingEnd end;
  private long put;
  private long sent;
  private @Nullable String lastFault;
  private boolean faultTold;
  private boolean endSent;

  /**
   * A number for the server.
   *
   * @param time in milliseconds since 1970
   */
  record Metric(String key, double value, long time, long step) {
    private void addTo(ObjectNode json) {
      json.put("key", key).put("value", value).put("timestamp", time).put("step", step);
    }
  }

  /**
   * @param run the run's identifier
   * @param pause before a server that was away is asked again
   * @param note told, in the thread that sends, the first time that something is not sent
   */
  MetricOutbox(MlflowServer server, String run, Duration pause, Consumer<String> note) {
    this.server = server;
    this.run = run;
    this.pause = pause;
    this.note = note;
    this.thread = new Thread(this::send, "vae-mlflow");
    this.thread.setDaemon(true);
  }

  /** Starts to send. */
  void start() {
    thread.start();
  }

  /**
   * Takes some metrics to be sent together; never waits.
   *
   * @param batch as many as a request may have
   */
  void put(List<Metric> batch) {
    lock.lock();
    try {
      put += batch.size();
      if (waiting.size() < MOST_WAITING) {
        waiting.add(List.copyOf(batch));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what is left, as far as the server takes it, and how training ended.
   *
   * @return what could not be sent; empty if everything was
   */
  Optional<String> end(TrainingEnd how) {
    lock.lock();
    try {
      end = how;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(server.patience().multipliedBy(PATIENCES).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    return unsent();
  }

  private Optional<String> unsent() {
    lock.lock();
    try {
      List<String> parts = new ArrayList<>();
      if (sent < put) {
        parts.add((put - sent) + " of " + put + " numbers");
      }
      if (!endSent) {
        parts.add("that the run has ended, which stays RUNNING there");
      }
      String reason = lastFault == null ? "it takes too long" : lastFault;
      return parts.isEmpty()
          ? Optional.empty()
          : Optional.of("the MLflow server at " + server.address() + " was not told "
              + String.join(", nor ", parts) + ": " + reason);
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    try {
      boolean reachable = true;
      for (List<Metric> batch = next(); batch != null && reachable; batch = next()) {
        reachable = deliver(batch);
      }
      if (reachable) {
        sendEnd();
      }
    } catch (InterruptedException e) {
      // Whoever waits for the end has given up; what is left is counted as not sent.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a batch; null if there is none left and none will come. */
  private @Nullable List<Metric> next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && end == null) {
        changed.await();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Sends a batch; false if the server is away and training has ended. */
  private boolean deliver(List<Metric> batch) throws InterruptedException {
    while (true) {
      boolean last = hasEnded();
      try {
        server.post("runs/log-batch", message(batch));
        wasSent(batch.size());
        return true;
      } catch (ServerFault e) {
        tell(e);
        if (!e.passes()) {
          return true;
        }
        if (last) {
          return false;
        }
        waitForAnotherTry();
      }
    }
  }

  private ObjectNode message(List<Metric> batch) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("run_id", run);
    var metrics = body.putArray("metrics");
    batch.forEach(metric -> metric.addTo(metrics.addObject()));
    return body;
  }

  private void sendEnd() throws InterruptedException {
    TrainingEnd how = ended();
    try {
      server.post(
          "runs/update",
          JsonNodeFactory.instance
              .objectNode()
              .put("run_id", run)
              .put("status", how.name())
              .put("end_time", System.currentTimeMillis()));
      lock.lock();
      try {
        endSent = true;
      } finally {
        lock.unlock();
      }
    } catch (ServerFault e) {
      tell(e);
    }
  }

  private boolean hasEnded() {
    lock.lock();
    try {
      return end != null;
    } finally {
      lock.unlock();
    }
  }

  private TrainingEnd ended() {
    lock.lock();
    try {
      return end == null ? TrainingEnd.FAILED : end;
    } finally {
      lock.unlock();
    }
  }

  private void wasSent(int numbers) {
    lock.lock();
    try {
      sent += numbers;
    } finally {
      lock.unlock();
    }
  }

  private void waitForAnotherTry() throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0 && end == null) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void tell(ServerFault fault) {
    lock.lock();
    try {
      lastFault = fault.sentence();
      if (faultTold) {
        return;
      }
      faultTold = true;
    } finally {
      lock.unlock();
    }
    note.accept("the MLflow server at " + server.address() + " cannot be told of this training: "
        + fault.sentence() + "; training goes on"
        + (fault.passes() ? ", and the server is asked again until it ends" : ""));
  }
}

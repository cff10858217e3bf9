package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Actions that run in parallel")
@Timeout(60)
class ParallelRunTest {
  private static final Duration AWAKE = Duration.ofNanos(50_000);

  @Test
  @DisplayName("are each done once in every run, and all are done when it ends")
  void complete() {
    int[] counts = new int[5];
    ParallelRun run = new ParallelRun(
        IntStream.range(0, counts.length)
            .mapToObj(i -> (Runnable) () -> counts[i]++)
            .toList(),
        AWAKE);
    for (int i = 1; i <= 2_000; i++) {
      run.run();
      assertThat(counts).containsOnly(i);
    }
  }

  @Test
  @DisplayName("meet each other: the second does not wait for the end of the first")
  void parallel() {
    // Workers of other runs may still be on their way back, and then the caller does all itself.
    assertThat(IntStream.range(0, 20)).anyMatch(attempt -> meet());
  }

  private static boolean meet() {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger met = new AtomicInteger();
    Runnable action = () -> {
      both.countDown();
      if (await(both)) {
        met.incrementAndGet();
      }
    };
    new ParallelRun(List.of(action, action), Duration.ZERO).run();
    return met.get() == 2;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("fail as the first that failed, after the others have ended, and can run again")
  void failures() {
    IllegalStateException fault = new IllegalStateException("second");
    AtomicInteger ended = new AtomicInteger();
    AtomicReference<RuntimeException> thrown = new AtomicReference<>(fault);
    Runnable failing = () -> {
      ended.incrementAndGet();
      RuntimeException wanted = thrown.get();
      if (wanted != null) {
        throw wanted;
      }
    };
    ParallelRun run = new ParallelRun(List.of(ended::incrementAndGet, failing, failing), AWAKE);
    assertThatThrownBy(run::run).isSameAs(fault);
    assertThat(ended).hasValue(3);
    thrown.set(null);
    run.run();
    assertThat(ended).hasValue(6);
  }

  @Test
  @DisplayName("that fail with an error in the caller's part fail with that error")
  void errors() {
    AssertionError fault = new AssertionError("first");
    ParallelRun run = new ParallelRun(
        List.of(
            () -> {
              throw fault;
            },
            () -> {}),
        AWAKE);
    assertThatThrownBy(run::run).isSameAs(fault);
  }

  @Test
  @DisplayName("are shared out among callers at the same time, and within each other")
  void callers() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < 4; caller++) {
      Runnable one = done::incrementAndGet;
      ParallelRun inner = new ParallelRun(List.of(one, one), AWAKE);
      ParallelRun outer = new ParallelRun(List.of(inner, one), AWAKE);
      Thread thread = new Thread(() -> {
        for (int i = 0; i < 500; i++) {
          outer.run();
        }
      });
      thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
      thread.start();
      callers.add(thread);
    }
    for (Thread thread : callers) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(done).hasValue(4 * 500 * 3);
  }

  @Test
  @DisplayName("are done even if the caller is interrupted, who stays so")
  void interrupted() {
    AtomicInteger done = new AtomicInteger();
    Runnable slow = () -> {
      long end = System.nanoTime() + 2_000_000;
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      done.incrementAndGet();
    };
    Thread.currentThread().interrupt();
    new ParallelRun(List.of(done::incrementAndGet, slow), Duration.ZERO).run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).hasValue(2);
  }
}

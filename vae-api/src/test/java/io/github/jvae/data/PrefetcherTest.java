package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A prefetcher")
@Timeout(30)
class PrefetcherTest {
  @Test
  @DisplayName("gives the same elements in the same order, then ends")
  void order() {
    try (Prefetcher<Integer> prefetcher =
        new Prefetcher<>(IntStream.range(0, 1000).iterator(), 3)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(prefetcher.hasNext()).isTrue();
        assertThat(prefetcher.next()).isEqualTo(i);
      }
      assertThat(prefetcher.hasNext()).isFalse();
      assertThatThrownBy(prefetcher::next).isInstanceOf(NoSuchElementException.class);
      assertThat(prefetcher.hasNext()).isFalse();
    }
  }

  @Test
  @DisplayName("prepares no more than it has room for")
  void bounded() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    Iterator<Integer> source = Stream.generate(made::incrementAndGet).iterator();
    try (Prefetcher<Integer> prefetcher = new Prefetcher<>(source, 2)) {
      prefetcher.next();
      Thread.sleep(100);
      // One is taken, two wait, one is in the hand of the thread; a stream may look one ahead.
      assertThat(made).hasValueBetween(3, 5);
    }
  }

  @Test
  @DisplayName("throws what the source throws, after the elements before it")
  void failure() {
    VaeException fault = new VaeException("the file is gone");
    Iterator<Integer> source = IntStream.range(0, 3)
        .map(i -> {
          if (i == 2) {
            throw fault;
          }
          return i;
        })
        .iterator();
    try (Prefetcher<Integer> prefetcher = new Prefetcher<>(source, 4)) {
      assertThat(prefetcher.next()).isZero();
      assertThat(prefetcher.next()).isEqualTo(1);
      assertThat(prefetcher.hasNext()).isTrue();
      assertThatThrownBy(prefetcher::next).isSameAs(fault);
      assertThat(prefetcher.hasNext()).isFalse();
    }
  }

  @Test
  @DisplayName("throws errors too, such as a lack of memory")
  void error() {
    Iterator<Integer> source = Stream.<Integer>generate(() -> {
          throw new OutOfMemoryError("pretended");
        })
        .iterator();
    try (Prefetcher<Integer> prefetcher = new Prefetcher<>(source, 1)) {
      assertThatThrownBy(prefetcher::next).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  @DisplayName("closed half-way leaves no thread behind, and closes twice")
  void closedHalfWay() {
    long before = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      Prefetcher<Integer> prefetcher = new Prefetcher<>(Stream.generate(() -> 1).iterator(), 2);
      prefetcher.next();
      prefetcher.close();
      prefetcher.close();
      assertThat(prefetcher.hasNext()).isFalse();
      assertThatThrownBy(prefetcher::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
    assertThat(threads()).isEmpty();
  }

  @Test
  @DisplayName("ends its thread also when the source swallows the interrupt")
  void swallowedInterrupt() {
    CountDownLatch busy = new CountDownLatch(1);
    Iterator<Integer> source = Stream.generate(() -> {
          busy.countDown();
          try {
            Thread.sleep(200);
          } catch (InterruptedException e) {
            return -1;
          }
          return 1;
        })
        .iterator();
    Prefetcher<Integer> prefetcher = new Prefetcher<>(source, 1);
    awaitQuietly(busy);
    prefetcher.close();
    assertThat(threads()).isEmpty();
  }

  @Test
  @DisplayName("closed by another thread wakes up the one that waits")
  void closedByAnother() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Iterator<Integer> source = Stream.generate(() -> {
          awaitQuietly(never);
          return 1;
        })
        .iterator();
    Prefetcher<Integer> prefetcher = new Prefetcher<>(source, 1);
    Thread consumer = new Thread(() -> prefetcher.forEachRemaining(element -> {}));
    consumer.start();
    Thread.sleep(50);
    prefetcher.close();
    consumer.join(5_000);
    assertThat(consumer.isAlive()).isFalse();
  }

  @Test
  @DisplayName("keeps its thread from holding up the end of the program")
  void daemon() {
    try (Prefetcher<Integer> prefetcher =
        new Prefetcher<>(Stream.generate(() -> 1).iterator(), 1)) {
      assertThat(prefetcher.next()).isEqualTo(1);
      assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
    }
  }

  @Test
  @DisplayName("needs room for an element")
  void room() {
    assertThatThrownBy(() -> new Prefetcher<>(List.of(1).iterator(), 0))
        .hasMessageContaining("at least 1");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vae-prefetch"))
        .toList();
  }
}

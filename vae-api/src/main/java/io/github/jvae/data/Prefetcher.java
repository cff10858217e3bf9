package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes elements from an iterator ahead of time, in a background thread, so that preparing the next
 * one overlaps with the use of this one. Same elements, same order; nothing is reused.
 *
 * <p>What the source throws is thrown to the consumer, after the elements that came before it. To
 * be closed, also half-way: that ends the thread. To be used by one consumer thread.
 *
 * @param <T> what is prepared
 */
public final class Prefetcher<T> implements Iterator<T>, AutoCloseable {
  private static final long CLOSE_MILLIS = 5_000;
  private static final long OFFER_MILLIS = 100;
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final BlockingQueue<Message<T>> queue;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable Message<T> received;

  /** An element, or the end: with what the source threw, if it threw. */
  private static final class Message<T> {
    private final @Nullable T element;
    private final @Nullable Throwable failure;

    private Message(@Nullable T element, @Nullable Throwable failure) {
      this.element = element;
      this.failure = failure;
    }
  }

  /**
   * Starts to take elements at once.
   *
   * @param source where they come from; used by the background thread alone from now on. It gives
   *     no {@code null}
   * @param ahead how many elements may wait, at least 1
   * @throws VaeException if {@code ahead} is below 1
   */
  public Prefetcher(Iterator<? extends T> source, int ahead) {
    if (ahead < 1) {
      throw new DataException("prefetching needs room for at least 1 element, not " + ahead);
    }
    queue = new ArrayBlockingQueue<>(ahead);
    thread = new Thread(() -> produce(source), "vae-prefetch-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
  }

  private void produce(Iterator<? extends T> source) {
    try {
      Throwable failure = null;
      try {
        while (!closed && source.hasNext()) {
          hand(new Message<>(source.next(), null));
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      hand(new Message<>(null, failure));
    } catch (InterruptedException e) {
      // The consumer has closed this, and waits for nothing any more: the thread ends here.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for room; looks up now and then, in case the source has swallowed an interrupt. */
  private void hand(Message<T> message) throws InterruptedException {
    boolean handed = false;
    while (!closed && !handed) {
      handed = queue.offer(message, OFFER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Whether there is another element; waits for it.
   *
   * @throws VaeException if the thread is interrupted while it waits
   */
  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    Message<T> message = await();
    return message.element != null || message.failure != null;
  }

  /**
   * The next element; waits for it.
   *
   * @throws NoSuchElementException if there is none left, or this is closed
   * @throws VaeException if the thread is interrupted while it waits
   */
  @Override
  public T next() {
    if (closed) {
      throw new NoSuchElementException("the prefetcher is closed");
    }
    Message<T> message = await();
    T element = message.element;
    if (element != null) {
      received = null;
      return element;
    }
    received = new Message<>(null, null);
    rethrow(message.failure);
    throw new NoSuchElementException("there are no more elements");
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  private Message<T> await() {
    Message<T> message = received;
    if (message == null) {
      try {
        message = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DataException("interrupted while waiting for data", e);
      }
      received = message;
    }
    return message;
  }

  /**
   * Ends the background thread and waits until it has ended, for 5 seconds at most where the source
   * does not let itself be interrupted. A second call does nothing.
   */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Elements are let go of, and a consumer that waits in another thread is woken up.
    queue.clear();
    queue.offer(new Message<>(null, null));
  }
}

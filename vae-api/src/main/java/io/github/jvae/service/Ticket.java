package io.github.jvae.service;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A request on its way through a service.
 *
 * @param <T> what the answer for one example is
 */
final class Ticket<T> {
  private final Operation<T> operation;
  private final Operation.Input input;
  private final Consumer<Ticket<T>> ended;
  private final CompletableFuture<List<T>> answer = new Answer();
  private final long since = System.nanoTime();

  /** Whether the queue has it; guarded by the queue's lock. */
  private boolean waits;

  /** @param ended told when there is an answer, by whomever */
  Ticket(Operation<T> operation, Operation.Input input, Consumer<Ticket<T>> ended) {
    this.operation = operation;
    this.input = input;
    this.ended = ended;
  }

  /** Tells when it ends: also where that is the caller's doing, or by a timeout. */
  private final class Answer extends CompletableFuture<List<T>> {
    private boolean told(boolean now) {
      if (now) {
        ended.accept(Ticket.this);
      }
      return now;
    }

    @Override
    public boolean complete(List<T> rows) {
      return told(super.complete(rows));
    }

    @Override
    public boolean completeExceptionally(Throwable reason) {
      return told(super.completeExceptionally(reason));
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      return told(super.cancel(mayInterrupt));
    }
  }

  Operation<T> operation() {
    return operation;
  }

  Operation.Input input() {
    return input;
  }

  /** How many examples it is about. */
  int rows() {
    return input.places().size();
  }

  /**
   * What the caller has of it; whoever ends it first, by cancelling or otherwise, ends the ticket.
   */
  CompletableFuture<List<T>> answer() {
    return answer;
  }

  boolean isOver() {
    return answer.isDone();
  }

  /** When it was made, as {@link System#nanoTime} tells. */
  long since() {
    return since;
  }

  boolean waits() {
    return waits;
  }

  void waits(boolean now) {
    waits = now;
  }

  /** Answers with rows of what was computed. */
  void answer(Operation.Output output, int from) {
    try {
      answer.complete(operation.answers(output, from, from + rows()));
    } catch (RuntimeException | Error e) {
      // Else nobody would end what waits for it.
      fail(e);
    }
  }

  void fail(Throwable reason) {
    answer.completeExceptionally(reason);
  }
}

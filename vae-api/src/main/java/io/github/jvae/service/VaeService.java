package io.github.jvae.service;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.Inference;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in the service of any number of threads, on one copy of its weights. What several ask for
 * at the same time is gathered into batches, as {@link ServiceOptions} say; where nobody else asks,
 * the thread that does computes by itself. Training the model, or writing its weights, waits for
 * what is under way and holds up what comes.
 *
 * <p>A request that the model cannot take is refused in the thread that makes it, before it waits.
 * One that fails later fails alone: those it was computed with are answered.
 *
 * <p>What {@link #submit} returns can be cancelled, or ended in any other way: unless it has been
 * begun, it is not computed then. What follows from it runs in the thread that computed, which
 * serves nobody meanwhile, unless it is added with {@code Async}.
 */
public final class VaeService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VaeService.class);

  private final ServiceOptions options;
  private final ServedModel model;
  private final RequestCheck check;
  private final RequestQueue queue;
  private final List<ServiceObserver> observers = new CopyOnWriteArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicInteger working;

  /**
   * Starts a service; {@code Vae.service} is the usual way.
   *
   * @param inference of the same model; stays the caller's to close
   */
  public VaeService(ModelRuntime runtime, Inference inference, ServiceOptions options) {
    this.options = options;
    this.model = new ServedModel(runtime, inference, options);
    this.check = new RequestCheck(runtime, inference, options.queue());
    this.queue = new RequestQueue(options);
    this.working = new AtomicInteger(options.workers());
    for (int i = 0; i < options.workers(); i++) {
      workers.add(new Worker(i + 1));
    }
    workers.forEach(Thread::start);
  }

  /** Returns the options that it was made with. */
  public ServiceOptions options() {
    return options;
  }

  /** Returns how many examples wait now. */
  public int waiting() {
    return queue.waiting();
  }

  /** Tells somebody what happens from now on. */
  void observe(ServiceObserver observer) {
    observers.add(observer);
  }

  /**
   * Returns the mean of an example's posterior.
   *
   * @param example its numbers, row-major
   * @return L numbers
   * @throws VaeException as {@link #call}
   */
  public float[] encode(float[] example) {
    return call(Request.encode(example)).get(0);
  }

  /**
   * Returns the expected example of a latent vector.
   *
   * @param latent L numbers
   * @throws VaeException as {@link #call}
   */
  public float[] decode(float[] latent) {
    return call(Request.decode(latent)).get(0);
  }

  /**
   * Returns an example through the posterior's mean and back.
   *
   * @param example its numbers, row-major
   * @throws VaeException as {@link #call}
   */
  public float[] reconstruct(float[] example) {
    return call(Request.reconstruct(example)).get(0);
  }

  /**
   * Returns how anomalous an example is; the bound is minus {@link AnomalyScores#elbo}.
   *
   * @param example its numbers, row-major
   * @throws VaeException as {@link #call}
   */
  public AnomalyScores score(float[] example) {
    return call(Request.score(example)).get(0);
  }

  /**
   * Returns the expected example of a latent vector from the prior.
   *
   * @throws VaeException as {@link #call}
   */
  public float[] sample(long seed) {
    return call(Request.sample(1, seed)).get(0);
  }

  /**
   * Computes, and returns the answer for each example.
   *
   * @throws RejectedException if there is no room for the request, in time
   * @throws InterruptedRequestException if the thread is interrupted while it waits
   * @throws VaeException if the model cannot take the request, or the service or the model is
   *     closed
   */
  public <T> List<T> call(Request<T> request) {
    Ticket<T> ticket = ticket(request, false);
    // A worker that waited for itself would wait for ever.
    if (isWorker()) {
      return alone(ticket);
    }
    if (queue.tryEnter()) {
      try {
        return alone(ticket);
      } finally {
        queue.leave();
      }
    }
    add(ticket);
    return await(ticket);
  }

  /**
   * Computes later; the numbers are copied, and may change at once.
   *
   * @return the answer for each example, or a {@link VaeException}
   * @throws RejectedException if there is no room for the request, in time
   * @throws InterruptedRequestException if the thread is interrupted while it waits for room
   * @throws VaeException if the model cannot take the request, or the service is closed
   */
  public <T> CompletableFuture<List<T>> submit(Request<T> request) {
    Ticket<T> ticket = ticket(request, true);
    add(ticket);
    return ticket.answer();
  }

  private <T> Ticket<T> ticket(Request<T> request, boolean copied) {
    return new Ticket<>(request.operation(), check.input(request, copied), queue::forget);
  }

  private void add(Ticket<?> ticket) {
    try {
      queue.add(ticket);
    } catch (RejectedException e) {
      tell(ServiceObserver::rejected);
      throw e;
    }
  }

  private <T> List<T> alone(Ticket<T> ticket) {
    Operation.Output output = ticket.operation().compute(model, ticket.input());
    List<T> answer = ticket.operation().answers(output, 0, ticket.rows());
    computed(ticket.rows());
    answered(ticket);
    return answer;
  }

  private <T> List<T> await(Ticket<T> ticket) {
    try {
      return ticket.answer().get();
    } catch (InterruptedException e) {
      ticket.answer().cancel(false);
      throw RequestQueue.interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("computing declares no checked exception", e);
    }
  }

  private void computed(int rows) {
    tell(observer -> observer.computed(rows));
  }

  private void answered(Ticket<?> ticket) {
    long nanos = System.nanoTime() - ticket.since();
    tell(observer -> observer.answered(nanos));
  }

  /** Whoever watches must not be in the way of those who are served. */
  private void tell(Consumer<ServiceObserver> event) {
    for (ServiceObserver observer : observers) {
      try {
        event.accept(observer);
      } catch (RuntimeException e) {
        LOG.warn("what watches a service failed", e);
      }
    }
  }

  /** Answers requests for the same thing. */
  private void serve(List<Ticket<?>> batch) {
    List<Ticket<?>> wanted = batch.stream().filter(ticket -> !ticket.isOver()).toList();
    if (wanted.isEmpty()) {
      return;
    }
    Operation.Output output;
    try {
      output = wanted.get(0).operation().compute(model, joined(wanted));
    } catch (Throwable e) {
      failed(wanted, e);
      return;
    }
    computed(rows(wanted));
    int from = 0;
    for (Ticket<?> ticket : wanted) {
      answered(ticket);
      ticket.answer(output, from);
      from += ticket.rows();
    }
  }

  private static int rows(List<Ticket<?>> batch) {
    return batch.stream().mapToInt(Ticket::rows).sum();
  }

  /** What one request did to a batch, the others need not suffer. */
  private void failed(List<Ticket<?>> batch, Throwable reason) {
    if (batch.size() == 1) {
      batch.get(0).fail(reason);
    } else {
      batch.forEach(ticket -> serve(List.of(ticket)));
    }
  }

  private static Operation.Input joined(List<Ticket<?>> batch) {
    if (batch.size() == 1) {
      return batch.get(0).input();
    }
    List<Operation.Input> inputs = new ArrayList<>();
    batch.forEach(ticket -> inputs.add(ticket.input()));
    Map<String, HostTensor> conditions = new LinkedHashMap<>();
    inputs
        .get(0)
        .conditions()
        .keySet()
        .forEach(name -> conditions.put(
            name,
            HostTensor.joined(
                inputs.stream().map(input -> condition(input, name)).toList())));
    List<Integer> places =
        inputs.stream().flatMap(input -> input.places().stream()).toList();
    return new Operation.Input(
        HostTensor.joined(inputs.stream().map(Operation.Input::rows).toList()), conditions, places);
  }

  /** All requests have the model's conditions. */
  private static HostTensor condition(Operation.Input input, String name) {
    return Objects.requireNonNull(input.conditions().get(name));
  }

  private boolean isWorker() {
    return Thread.currentThread() instanceof Worker worker && workers.contains(worker);
  }

  /**
   * Takes no more requests, and waits until those it has taken are answered; the model stays open.
   * Closing twice does nothing. A use after it is a {@link VaeException}. From within what follows
   * a request's answer, it does not wait.
   */
  @Override
  public void close() {
    queue.close();
    if (isWorker()) {
      return;
    }
    boolean interrupted = false;
    for (Worker worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          // Told to the caller once all is answered.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Computes batches until the service is closed. */
  private final class Worker extends Thread {
    Worker(int number) {
      super(null, null, "vae-service-" + number, 0, false);
      setDaemon(true);
    }

    @Override
    public void run() {
      for (List<Ticket<?>> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        try {
          serve(batch);
        } finally {
          queue.leave();
        }
      }
      if (working.decrementAndGet() == 0) {
        model.close();
      }
    }
  }
}

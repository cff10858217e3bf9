package io.github.jvae.bench.speed;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.random.RandomStream;
import io.github.jvae.service.ServiceOptions;
import io.github.jvae.service.VaeService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Times what a program that uses a model waits for: single examples, from array to array, by one
 * thread and by several.
 */
public final class ServiceStopwatch {
  private static final int POOL = 64;
  private static final int KINDS = 4;

  private final Vae.Builder model;
  private final int clients;
  private final double seconds;

  /**
   * @param model what to time, with its backend and threads said
   * @param clients how many threads ask at once, in the end
   * @param seconds how long, in all
   */
  public ServiceStopwatch(Vae.Builder model, int clients, double seconds) {
    this.model = model;
    this.clients = clients;
    this.seconds = seconds;
  }

  /**
   * What was measured.
   *
   * @param backend what computed
   * @param latencies of one thread's calls, by name
   * @param alone reconstructions per second by clients, each computed by itself, by their number
   * @param gathered the same, with what waits computed together
   */
  public record Result(
      BackendInfo backend,
      Map<String, Latency> latencies,
      Map<Integer, Double> alone,
      Map<Integer, Double> gathered) {}

  /** Measures, in this process. */
  public Result measure() {
    try (Vae vae = model.seed(1).build();
        VaeService alone = vae.service(ServiceOptions.defaults().withoutBatches());
        VaeService gathering =
            vae.service(ServiceOptions.defaults().withBatch(32, Duration.ZERO))) {
      float[][] examples = pool("pool", vae.runtime().example().size());
      float[][] latents = pool("latents", vae.config().latent());
      return new Result(
          vae.backend(),
          latencies(alone, examples, latents),
          throughputs(alone, examples),
          throughputs(gathering, examples));
    }
  }

  /** Random numbers from 0 to 1, as pixels are. */
  private static float[][] pool(String name, int size) {
    float[][] rows = new float[POOL][size];
    for (int i = 0; i < POOL; i++) {
      RandomStream.of(1).child(name).child(i).fillUniform(rows[i], 0, 1);
    }
    return rows;
  }

  private Map<String, Latency> latencies(
      VaeService service, float[][] examples, float[][] latents) {
    int[] turn = new int[1];
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("encode", () -> service.encode(examples[turn[0]++ % POOL]));
    calls.put("decode", () -> service.decode(latents[turn[0]++ % POOL]));
    calls.put("reconstruct", () -> service.reconstruct(examples[turn[0]++ % POOL]));
    calls.put("score", () -> service.score(examples[turn[0]++ % POOL]));
    Map<String, Latency> latencies = new LinkedHashMap<>();
    double each = seconds / 2 / KINDS;
    calls.forEach((name, call) -> {
      Latency.of(call, each / 3, System::nanoTime);
      latencies.put(name, Latency.of(call, each, System::nanoTime));
    });
    return latencies;
  }

  /** By one client, and by all. */
  private Map<Integer, Double> throughputs(VaeService service, float[][] examples) {
    Map<Integer, Double> paces = new LinkedHashMap<>();
    for (int count : List.of(1, clients)) {
      throughput(service, examples, count, seconds / KINDS / 6);
      paces.put(count, throughput(service, examples, count, seconds / KINDS / 2));
    }
    return paces;
  }

  private static double throughput(
      VaeService service, float[][] examples, int clients, double seconds) {
    AtomicBoolean done = new AtomicBoolean();
    LongAdder answered = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    long begin = System.nanoTime();
    for (int client = 0; client < clients; client++) {
      int first = client;
      threads.add(new Thread(() -> {
        for (int i = first; !done.get(); i++) {
          service.reconstruct(examples[i % POOL]);
          answered.increment();
        }
      }));
    }
    threads.forEach(Thread::start);
    try {
      Thread.sleep(Math.max(1, (long) (seconds * 1000)));
      done.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.set(true);
    }
    return answered.sum() * 1e9 / (System.nanoTime() - begin);
  }
}

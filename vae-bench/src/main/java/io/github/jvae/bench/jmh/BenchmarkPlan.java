package io.github.jvae.bench.jmh;

import io.github.jvae.bench.speed.Workload;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Which benchmarks are run, and for how long: every operation of every workload, batch size and
 * backend.
 *
 * @param operations what is timed
 * @param workloads the models
 * @param backends the engines, by name
 * @param batches images per call
 * @param threads processor threads for one operation; 0 leaves it to the engine
 * @param timing how long each is timed
 */
public record BenchmarkPlan(
    List<Operation> operations,
    List<Workload> workloads,
    List<String> backends,
    List<Integer> batches,
    int threads,
    Timing timing) {

  /**
   * How long a benchmark is timed.
   *
   * @param forks JVMs started one after another for each; 0 runs in this process, for debugging
   * @param warmups iterations that do not count, in each JVM
   * @param iterations that do
   * @param seconds of one iteration
   */
  public record Timing(int forks, int warmups, int iterations, double seconds) {}

  /** How many benchmarks that makes. */
  public int size() {
    return operations.size() * workloads.size() * backends.size() * batches.size();
  }

  /** How long all of it takes, without the starts of engines. */
  public Duration duration() {
    double each = Math.max(1, timing.forks) * (timing.warmups + timing.iterations) * timing.seconds;
    return Duration.ofMillis((long) (size() * each * 1000));
  }

  /** Returns the plan in JMH's terms. */
  Options options() {
    TimeValue length = TimeValue.milliseconds(Math.max(1, (long) (timing.seconds * 1000)));
    ChainedOptionsBuilder options = new OptionsBuilder()
        .param("workload", names(workloads))
        .param("backend", backends.toArray(String[]::new))
        .param("batch", batches.stream().map(String::valueOf).toArray(String[]::new))
        .param("threads", Integer.toString(threads))
        .forks(timing.forks)
        .warmupIterations(timing.warmups)
        .warmupTime(length)
        .measurementIterations(timing.iterations)
        .measurementTime(length);
    for (Operation operation : operations) {
      options = options.include(
          EngineBenchmark.class.getName().replace(".", "\\.") + "\\." + operation.text() + "$");
    }
    return options.build();
  }

  private static String[] names(List<Workload> workloads) {
    return workloads.stream().map(Enum::name).toArray(String[]::new);
  }
}

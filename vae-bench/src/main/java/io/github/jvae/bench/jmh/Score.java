package io.github.jvae.bench.jmh;

import io.github.jvae.bench.speed.Workload;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one benchmark took.
 *
 * @param operation what was timed
 * @param workload the model
 * @param backend the engine
 * @param batch images per call
 * @param medianMillis the median call, milliseconds
 * @param p99Millis 99 of 100 calls took no longer, milliseconds
 * @param calls how many were sampled
 */
public record Score(
    Operation operation,
    Workload workload,
    String backend,
    int batch,
    double medianMillis,
    double p99Millis,
    long calls) {

  /** Images per second at the median. */
  public double imagesPerSecond() {
    return batch * 1000 / medianMillis;
  }

  static Score of(RunResult result) {
    BenchmarkParams parameters = result.getParams();
    Statistics times = result.getPrimaryResult().getStatistics();
    List<String> path = List.of(parameters.getBenchmark().split("\\.", -1));
    return new Score(
        Operation.valueOf(path.get(path.size() - 1).toUpperCase(Locale.ROOT)),
        Workload.valueOf(parameters.getParam("workload")),
        parameters.getParam("backend"),
        Integer.parseInt(parameters.getParam("batch")),
        times.getPercentile(50),
        times.getPercentile(99),
        times.getN());
  }
}

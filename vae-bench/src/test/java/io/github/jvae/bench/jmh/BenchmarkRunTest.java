package io.github.jvae.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.bench.speed.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run of benchmarks")
final class BenchmarkRunTest {
  private static BenchmarkPlan plan(List<String> backends, BenchmarkPlan.Timing timing) {
    return new BenchmarkPlan(
        List.of(Operation.ENCODE), List.of(Workload.MLP), backends, List.of(1), 1, timing);
  }

  @Test
  @DisplayName("gives each benchmark a score with its unit")
  void scores() {
    List<String> lines = new ArrayList<>();
    List<Score> scores = BenchmarkRun.of(
            plan(List.of("nd4j"), new BenchmarkPlan.Timing(0, 1, 1, 0.05)), lines::add)
        .scores();
    assertThat(scores).as(String.join("\n", lines)).hasSize(1);
    Score score = scores.get(0);
    assertThat(score.operation()).isEqualTo(Operation.ENCODE);
    assertThat(score.workload()).isEqualTo(Workload.MLP);
    assertThat(score.backend()).isEqualTo("nd4j");
    assertThat(score.medianMillis()).isPositive().isLessThanOrEqualTo(score.p99Millis());
    assertThat(score.calls()).isPositive();
    assertThat(new Score(Operation.STEP, Workload.MLP, "nd4j", 128, 64, 70, 10).imagesPerSecond())
        .isEqualTo(2000);
  }

  @Test
  @DisplayName("goes on without a benchmark that fails, and says why it failed")
  void goesOn() {
    List<String> lines = new ArrayList<>();
    BenchmarkRun run = BenchmarkRun.of(
        plan(List.of("quantum", "nd4j"), new BenchmarkPlan.Timing(0, 0, 1, 0.05)), lines::add);
    assertThat(run.scores()).extracting(Score::backend).containsExactly("nd4j");
    assertThat(String.join("\n", lines)).contains("unknown backend 'quantum'");
  }

  @Test
  @DisplayName("knows beforehand how long it takes")
  void duration() {
    BenchmarkPlan plan = new BenchmarkPlan(
        List.of(Operation.STEP, Operation.ENCODE),
        List.of(Workload.MLP, Workload.CONV),
        List.of("tensorflow", "djl", "nd4j"),
        List.of(1),
        2,
        new BenchmarkPlan.Timing(2, 3, 5, 1.5));
    assertThat(plan.size()).isEqualTo(12);
    assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(12 * 2 * 8 * 3 / 2));
  }
}

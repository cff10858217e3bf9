package io.github.jvae.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.jmh.BenchmarkPlan;
import io.github.jvae.bench.jmh.BenchmarkRun;
import io.github.jvae.bench.jmh.Operation;
import io.github.jvae.bench.jmh.Score;
import io.github.jvae.bench.option.EnginesOptions;
import io.github.jvae.bench.option.OperationName;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.ThreadCount;
import io.github.jvae.bench.option.WorkloadName;
import io.github.jvae.bench.speed.Workload;
import io.github.jvae.error.Range;
import io.github.jvae.internal.file.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae bench}. */
@Command(
    name = "bench",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Benchmarks the engines with JMH: the training step, the encoder and the decoder, each in a"
          + " Java of its own.",
      "",
      "'vae speed' is the quick look, this is the careful one. Nothing else should run meanwhile.",
      ""
    })
public final class BenchCommand implements Callable<Integer> {
  private static final Range SECONDS = Range.above(0, 3600);

  @Option(
      names = "--operations",
      paramLabel = "NAME,...",
      split = ",",
      hideParamSyntax = true,
      converter = OperationName.class,
      defaultValue = "step,encode,decode",
      description = "step, encode or decode. Default: all three.")
  private List<Operation> operations = List.of();

  @Option(
      names = {"--workloads", "--workload"},
      paramLabel = "NAME,...",
      split = ",",
      hideParamSyntax = true,
      converter = WorkloadName.class,
      defaultValue = "mlp,conv",
      description = "The models: see 'vae help speed'. Default: ${DEFAULT-VALUE}.")
  private List<Workload> workloads = List.of();

  @Mixin
  private EnginesOptions engines = new EnginesOptions();

  @Option(
      names = {"--batch", "--batch-size"},
      paramLabel = "N,...",
      split = ",",
      hideParamSyntax = true,
      converter = PositiveInteger.class,
      defaultValue = "128",
      description = "Images per call. Default: ${DEFAULT-VALUE}.")
  private List<Integer> batches = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = ThreadCount.class,
      description =
          "Processor threads for one operation, at most 1024. Default: the engine's choice.")
  private @Nullable Integer threads;

  @Option(
      names = "--forks",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "1",
      description = "How many Javas one benchmark is run in, one after another. Default:"
          + " ${DEFAULT-VALUE}.")
  private int forks = 1;

  @Option(
      names = "--warmups",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "3",
      description = "Iterations that do not count. Default: ${DEFAULT-VALUE}.")
  private int warmups = 3;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "5",
      description = "Iterations that count. Default: ${DEFAULT-VALUE}.")
  private int iterations = 5;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "The length of one iteration, at most 3600. Default: ${DEFAULT-VALUE}.")
  private double seconds = 2;

  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      description = "Where the results go in JMH's JSON format, which the tools around JMH read; a"
          + " file that is there is replaced.")
  private @Nullable Path out;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    BenchmarkPlan plan = plan();
    Console console = output.console();
    console.say(
        "%d benchmark(s), about %d min with the engines' starts",
        plan.size(), plan.duration().plusSeconds(4L * plan.size()).toMinutes() + 1);
    BenchmarkRun run = BenchmarkRun.of(plan, console::say);
    List<Score> scores = run.scores();
    tell(scores, console);
    if (out != null) {
      AtomicFile.write(out, run.json().getBytes(StandardCharsets.UTF_8));
      console.say("%s: all of it, in JMH's format", out);
    }
    int failed = plan.size() - scores.size();
    if (failed > 0) {
      console.say("%d benchmark(s) failed; JMH says above why", failed);
    }
    console.result(new JsonResult().put("failed", failed).put("benchmarks", parsed(run.json())));
    return failed == 0 ? 0 : 1;
  }

  private BenchmarkPlan plan() {
    output.require(SECONDS, "--seconds", seconds);
    return new BenchmarkPlan(
        distinct(operations),
        distinct(workloads),
        engines.names(output),
        distinct(batches),
        threads == null ? 0 : threads,
        new BenchmarkPlan.Timing(forks, warmups, iterations, seconds));
  }

  private static <T> List<T> distinct(List<T> values) {
    return values.stream().distinct().toList();
  }

  private static void tell(List<Score> scores, Console console) {
    console.say("");
    console.say(
        "operation  model  backend      batch   median ms      p99 ms    images/s     calls");
    for (Score score : scores) {
      console.say(
          "%-9s  %-5s  %-10s  %6d  %10.3f  %10.3f  %10.0f  %8d",
          score.operation().text(),
          score.workload().text(),
          score.backend(),
          score.batch(),
          score.medianMillis(),
          score.p99Millis(),
          score.imagesPerSecond(),
          score.calls());
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JMH wrote JSON that cannot be read", e);
    }
  }
}

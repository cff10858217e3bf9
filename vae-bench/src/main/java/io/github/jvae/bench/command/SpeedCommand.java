package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.WorkloadName;
import io.github.jvae.bench.speed.Pace;
import io.github.jvae.bench.speed.Stopwatch;
import io.github.jvae.bench.speed.Workload;
import io.github.jvae.bench.training.ProcessMemory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae speed}. */
@Command(
    name = "speed",
    description = {
      "Times the raw training step and the encoder on random images.",
      "",
      "Nothing else should run meanwhile: the threads of these engines slow down out of proportion"
          + " when another program takes a core.",
      ""
    })
public final class SpeedCommand implements Callable<Integer> {
  private static final double LONGEST = 3600;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      converter = WorkloadName.class,
      defaultValue = "mlp",
      description = {
        "mlp: 784-400-(20,20)-400-784, relu, Bernoulli; or conv: 3x32x32, convolutions of 32, 64"
            + " and 128 channels (4x4, stride 2), dense 256, 32 latent, mirrored, Gaussian."
            + " Default: ${DEFAULT-VALUE}."
      })
  private Workload workload = Workload.MLP;

  @Option(
      names = {"--batch", "--batch-size"},
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "128",
      description = "Images per step. Default: ${DEFAULT-VALUE}.")
  private Integer batch = 128;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "15",
      description = "How long the training step is timed, after a warm-up of a third of that; the"
          + " encoder takes another third. Default: ${DEFAULT-VALUE}.")
  private double seconds = 15;

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (!(seconds > 0 && seconds <= LONGEST)) {
      throw output.usage("--seconds must be above 0 and at most 3600, not " + seconds);
    }
    Console console = output.console();
    Stopwatch.Result result =
        new Stopwatch(workload.describe(engine.builder(output)), batch, seconds).measure();
    @Nullable Double memory = ProcessMemory.peakMebibytes();
    tell(console, result);
    console.result(json(result, memory));
    return 0;
  }

  private void tell(Console console, Stopwatch.Result result) {
    BackendInfo backend = result.backend();
    console.say(
        "%s on %s, %d thread(s), %s, batch %d",
        workload.text(), backend.engine(), backend.threads(), backend.device(), batch);
    console.say(
        "training  %8.1f steps/s  (%.1f to %.1f), %.0f images/s",
        result.steps().median(),
        result.steps().min(),
        result.steps().max(),
        result.steps().median() * batch);
    console.say(
        "encoding  %8.1f batches/s (%.1f to %.1f)",
        result.encodes().median(), result.encodes().min(), result.encodes().max());
    console.say(
        "start %.0f ms, first step %.0f ms", result.startMillis(), result.firstStepMillis());
  }

  private JsonResult json(Stopwatch.Result result, @Nullable Double memory) {
    BackendInfo backend = result.backend();
    return new JsonResult()
        .put("workload", workload.text())
        .put("backend", backend.name())
        .put("engine", backend.engine())
        .put("binding", backend.binding())
        .put("device", backend.device())
        .put("threads", backend.threads())
        .put("batch", batch)
        .put("seconds", (Double) seconds)
        .put("steps_per_second", spread(result.steps()))
        .put("images_per_second", (Double) (result.steps().median() * batch))
        .put("encode_batches_per_second", spread(result.encodes()))
        .put("start_ms", (Double) result.startMillis())
        .put("first_step_ms", (Double) result.firstStepMillis())
        .put("peak_rss_mb", memory)
        .put("parameters", result.parameters())
        .put("loss", (Double) result.loss());
  }

  private static ObjectNode spread(Pace pace) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("median", pace.median())
        .put("min", pace.min())
        .put("max", pace.max());
  }
}

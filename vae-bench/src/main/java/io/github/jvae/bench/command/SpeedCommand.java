package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.Precision;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.console.Terminal;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.EnginesOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.PrecisionName;
import io.github.jvae.bench.option.SweepName;
import io.github.jvae.bench.option.ThreadCount;
import io.github.jvae.bench.option.WorkloadName;
import io.github.jvae.bench.speed.Pace;
import io.github.jvae.bench.speed.ServiceStopwatch;
import io.github.jvae.bench.speed.Stopwatch;
import io.github.jvae.bench.speed.Workload;
import io.github.jvae.bench.sweep.ForkedMeter;
import io.github.jvae.bench.sweep.SpeedSetting;
import io.github.jvae.bench.sweep.Sweep;
import io.github.jvae.bench.sweep.SweepRun;
import io.github.jvae.bench.sweep.SweptQuantity;
import io.github.jvae.bench.training.ProcessMemory;
import io.github.jvae.error.Range;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae speed}. */
@Command(
    name = "speed",
    description = {
      "Times the raw training step and both networks on random images; with --sweep, at several"
          + " sizes and on several engines, to show how cost grows; with --latency, what a program"
          + " waits for that asks for one example at a time, by one thread and by several.",
      "",
      "Nothing else should run meanwhile: the threads of these engines slow down out of proportion"
          + " when another program takes a core.",
      ""
    })
public final class SpeedCommand implements Callable<Integer> {
  private static final Range SECONDS = Range.above(0, 3600);
  private static final int CLIENTS = 8;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      converter = WorkloadName.class,
      defaultValue = "mlp",
      description = {
        "mlp, mlp-iwae: 784-400-(20,20)-400-784, relu, Bernoulli; vamp: the same with a VampPrior of"
            + " 500 pseudo-inputs; iaf: with an inverse autoregressive flow, two masked networks of"
            + " 320; conv, conv-iwae: 3x32x32, convolutions of 32, 64"
            + " and 128 channels (4x4, stride 2), dense 256, 32 latent, mirrored, Gaussian; with -iwae,"
            + " the importance-weighted bound of 5 draws in place of the ELBO; resnet: 3x32x32, two"
            + " residual blocks each of 32, 64 and 128 channels, dense 256, 32 latent, mirrored;"
            + " ladder: 3x32x32, 7 groups of latent images of 8 channels, 64 on the way."
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
      names = "--latent",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "The extent of the latent vector. Default: the workload's.")
  private @Nullable Integer latent;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "15",
      description =
          "How long the training step is timed, at most 3600, after a warm-up of a third of that; each"
              + " network takes another third. Default: ${DEFAULT-VALUE}.")
  private double seconds = 15;

  @Option(
      names = "--latency",
      description = "Times single examples, from array to array, in place of batches.")
  private boolean latency;

  @Option(
      names = "--clients",
      paramLabel = "N",
      converter = ThreadCount.class,
      description = "With --latency: how many threads ask at once. Default: " + CLIENTS + ".")
  private @Nullable Integer clients;

  @Option(
      names = "--sweep",
      paramLabel = "NAME=N,...",
      converter = SweepName.class,
      description = "Times each of these batch sizes, latent sizes or numbers of threads in a"
          + " process of its own: batch=1,8,32,128,512 or latent=... or threads=.... Several sweeps"
          + " are made one after another, each with all else as given.")
  private List<Sweep> sweeps = List.of();

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "With --sweep: a folder of 'vae compare', whose results and report then show"
          + " the sweeps too.")
  private @Nullable Path comparison;

  @Mixin
  private EnginesOptions engines = new EnginesOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    output.require(SECONDS, "--seconds", seconds);
    requireOneWay();
    requireLatencyAlone();
    Console console = output.console();
    if (!sweeps.isEmpty()) {
      return sweep(console);
    }
    Vae.Builder model = workload.describe(engine.builder(output));
    if (latent != null) {
      model.latent(latent);
    }
    if (latency) {
      return latency(console, model);
    }
    Stopwatch.Result result = new Stopwatch(model, batch, seconds).measure();
    @Nullable Double memory = ProcessMemory.peakMebibytes();
    tell(console, result);
    console.result(json(result, memory));
    return 0;
  }

  private int latency(Console console, Vae.Builder model) {
    SpeedLatency told = new SpeedLatency(console, workload);
    ServiceStopwatch.Result result =
        new ServiceStopwatch(model, clients == null ? CLIENTS : clients, seconds).measure();
    told.tell(result);
    console.result(told.json(result));
    return 0;
  }

  private void requireLatencyAlone() {
    if (!latency && clients != null) {
      throw output.usage("--clients goes with --latency");
    }
    if (latency && (!sweeps.isEmpty() || output.isGiven("--batch"))) {
      throw output.usage("--latency is of one example at a time; leave out "
          + (sweeps.isEmpty() ? "--batch" : "--sweep"));
    }
  }

  /** What is told in two ways would be taken from one of them, and nobody knew which. */
  private void requireOneWay() {
    if (engines.areGiven() && sweeps.isEmpty()) {
      throw output.usage("--backends goes with --sweep; without it name one engine with --backend");
    }
    if (comparison != null && sweeps.isEmpty()) {
      throw output.usage("--into goes with --sweep; without it there is no sweep to show");
    }
    if (engines.areGiven() && output.isGiven("--backend")) {
      throw output.usage("--backend and --backends both name engines; give one of them");
    }
    Set<SweptQuantity> swept = EnumSet.noneOf(SweptQuantity.class);
    for (Sweep sweep : sweeps) {
      String option = "--" + sweep.quantity().text();
      if (!swept.add(sweep.quantity())) {
        throw output.usage("there are two sweeps of " + sweep.quantity().text() + "; make it one");
      }
      if (output.isGiven(option) && sweeps.size() == 1) {
        throw output.usage(option + " and --sweep " + sweep.quantity().text()
            + " both set it; leave one of them out");
      }
    }
  }

  private int sweep(Console console) {
    SpeedSetting base = new SpeedSetting(
        workload,
        engine.backend(output),
        batch,
        latent,
        engine.threads(),
        engine.device(),
        PrecisionName.of(engine.precision(Precision.FLOAT32)),
        seconds);
    String program = output.command().root().userObject().getClass().getName();
    SweepRun run = new SweepRun(
        base,
        engines.areGiven() ? engines.names(output) : List.of(base.backend()),
        new ForkedMeter(program, Terminal.charset()));
    return new SpeedSweep(base, run, console, comparison).run(sweeps);
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
        "decoding  %8.1f batches/s (%.1f to %.1f)",
        result.decodes().median(), result.decodes().min(), result.decodes().max());
    console.say(
        "start %.0f ms, first step %.0f ms", result.startMillis(), result.firstStepMillis());
  }

  /** Begins a result with what was timed. */
  static JsonResult about(Workload workload, BackendInfo backend) {
    return new JsonResult()
        .put("workload", workload.text())
        .put("backend", backend.name())
        .put("engine", backend.engine())
        .put("binding", backend.binding())
        .put("device", backend.device())
        .put("threads", backend.threads());
  }

  private JsonResult json(Stopwatch.Result result, @Nullable Double memory) {
    return about(workload, result.backend())
        .put("batch", batch)
        .put("latent", result.latent())
        .put("seconds", (Double) seconds)
        .put("steps_per_second", spread(result.steps()))
        .put("images_per_second", (Double) (result.steps().median() * batch))
        .put("encode_batches_per_second", spread(result.encodes()))
        .put("decode_batches_per_second", spread(result.decodes()))
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

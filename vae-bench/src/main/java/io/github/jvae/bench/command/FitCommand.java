package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.ModelDataOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.data.Part;
import io.github.jvae.sampler.FittedSampler;
import io.github.jvae.sampler.SamplerFolder;
import io.github.jvae.sampler.SamplerOptions;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingRun;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae fit}. */
@Command(
    name = "fit",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Fits a sampler to a trained model and keeps it in the model's folder, for 'vae sample"
          + " --sampler'.",
      "",
      "A sampler is a distribution of latent vectors that lies where the posteriors of the training"
          + " images do; draws from the prior may miss them. It is judged by the log-likelihood of"
          + " latent vectors of other images, in nats each, beside that of N(0, I).",
      ""
    })
public final class FitCommand implements Callable<Integer> {
  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Option(
      names = "--sampler",
      paramLabel = "TYPE",
      required = true,
      description = "mixture (of Gaussians, by expectation maximisation), real-nvp or maf (flows),"
          + " or two-stage (a second autoencoder).")
  private String type = "";

  @Option(
      names = "--components",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "10",
      description = "mixture: how many Gaussians. Default: ${DEFAULT-VALUE}.")
  private int components = 10;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "50",
      description = "real-nvp, maf, two-stage: passes over the latent vectors; the best one is"
          + " kept. Default: ${DEFAULT-VALUE}.")
  private int epochs = 50;

  @Option(
      names = "--hidden",
      paramLabel = "N,...",
      hideParamSyntax = true,
      split = ",",
      converter = PositiveInteger.class,
      defaultValue = "256,256",
      description = "two-stage: hidden units, from the latent vector inwards. Default:"
          + " ${DEFAULT-VALUE}.")
  private List<Integer> hidden = List.of(256, 256);

  @Mixin
  private ModelDataOptions data = new ModelDataOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    SamplerOptions options = SamplerOptions.of(type)
        .withComponents(components)
        .withEpochs(epochs)
        .withHidden(hidden)
        .withSeed(data.seed());
    Console console = output.console();
    List<ImageOptions.Images> parts =
        data.open(model, List.of(Part.TRAIN, model.record().selectedOn()), console);
    ImageOptions.Images train = parts.get(0);
    ImageOptions.Images heldOut = parts.get(1);
    try (Vae vae = model.open(engine, output);
        Bar bar = console.bar("fit", epochs)) {
      train.requireFor(vae);
      SamplerFolder samplers = new SamplerFolder(model.folder());
      FittedSampler result = samplers.fit(
          vae,
          options,
          train.data(),
          heldOut.data(),
          train.transforms(),
          () -> engine.builder(output),
          new TrainingListener() {
            @Override
            public void epochEnded(TrainingRun run, EpochReport report) {
              bar.to(report.epoch());
            }
          });
      tell(console, result, heldOut, vae);
    }
    return 0;
  }

  private void tell(Console console, FittedSampler result, ImageOptions.Images heldOut, Vae vae) {
    console.say(
        "%s",
        String.format(
            Locale.ROOT,
            "%s fitted to %d latent vectors; log-likelihood of %d others %s%.2f nats, N(0, I) %.2f",
            type,
            result.fittedTo(),
            result.heldOut(),
            type.equals(SamplerOptions.TWO_STAGE) ? "at least " : "",
            result.logLikelihood(),
            result.standardNormal()));
    result
        .group()
        .ifPresent(group -> console.say(
            "fitted to %s, the group that is drawn first; the model draws the others given it",
            group));
    if (result.farDraws() > 0) {
      console.note(String.format(
          Locale.ROOT,
          "%.1f %% of what it draws lies more than twice as far out as any of the latent vectors, where"
              + " images mean nothing; another sampler may have none",
          100 * result.farDraws()));
    }
    console.say(
        "see what it makes with: vae sample %s --sampler %s --out samples.png",
        model.folder(), type);
    console.result(new JsonResult()
        .put("sampler", type)
        .put("group", result.group().orElse(null))
        .put("data", heldOut.source())
        .put("fitted_to", result.fittedTo())
        .put("held_out", result.heldOut())
        .put("log_likelihood", (Double) result.logLikelihood())
        .put("standard_normal_log_likelihood", (Double) result.standardNormal())
        .put("far_draws", (Double) result.farDraws())
        .put("backend", vae.backend().name()));
  }
}

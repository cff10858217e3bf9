package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.evaluate.Metrics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae evaluate}. */
@Command(
    name = "evaluate",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Computes the evidence lower bound of a model: log p(x) >= E[log p(x|z)] - KL, in nats per"
          + " example; higher is better.",
      ""
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "256",
      description =
          "Images at a time; the result does not depend on it. Default:" + " ${DEFAULT-VALUE}.")
  private int batchSize = 256;

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    ImageOptions.Images images = imageOptions.open(model, console);
    try (Vae vae = model.open(engine, output)) {
      images.requireFor(vae);
      Metrics metrics =
          vae.evaluate(images.data(), batchSize, images.binarization(), images.seed());
      tell(metrics, images, console);
      console.result(new JsonResult()
          .put("backend", vae.backend().name())
          .put("data", images.source())
          .put("images", metrics.images())
          .put("binarization", images.binarization().toString())
          .put(metrics)
          .put("seed", images.seed()));
    }
    return 0;
  }

  private static void tell(Metrics metrics, ImageOptions.Images images, Console console) {
    console.say(
        "%s: %d images, binarization %s", images.source(), metrics.images(), images.binarization());
    console.say(
        "ELBO           %.3f nats/example (standard error %.3f)",
        metrics.elbo(), metrics.elboStandardError());
    console.say("log-likelihood %.3f nats/example", metrics.logLikelihood());
    console.say("KL             %.3f nats/example", metrics.kl());
    Double bits = metrics.bitsPerDim();
    if (bits != null) {
      console.say("bits/dim       %.4f", bits);
    }
  }
}

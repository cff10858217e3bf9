package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.Vae;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.console.StandardError;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.evaluate.Evaluator;
import io.github.jvae.evaluate.Inspector;
import io.github.jvae.evaluate.LatentActivity;
import io.github.jvae.evaluate.LogLikelihoodEstimate;
import io.github.jvae.evaluate.LogLikelihoodEstimator;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.evaluate.Proposal;
import io.github.jvae.evaluate.ReconstructionQuality;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.model.DivergenceForm;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
          + " example; higher is better. With --samples, also log p(x) itself by importance"
          + " sampling. And what the model makes of its latent dimensions and of the images.",
      ""
    })
public final class EvaluateCommand implements Callable<Integer> {
  /** How many draws an image may have. */
  static final class DrawCount extends BoundedInteger {
    DrawCount() {
      super(1, 100_000);
    }
  }

  /** Of more, the latent groups say what there is to know. */
  private static final int MOST_DIMENSIONS = 4096;

  /** Enough to show what sampling from the prior is worth. */
  private static final int PRIOR_IMAGES = 100;

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

  @Option(
      names = "--samples",
      paramLabel = "K",
      converter = DrawCount.class,
      description =
          "Estimate log p(x) by K importance-weighted draws for each example, at most 100000;"
              + " 200 and 5000 are usual. Default: not.")
  private @Nullable Integer samples;

  @Mixin
  private GroupDivergences groups = new GroupDivergences();

  @Mixin
  private GenerationMetrics generation = new GenerationMetrics();

  @Mixin
  private FactorScores factors = new FactorScores();

  @Mixin
  private ModelCalibration calibration = new ModelCalibration();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    calibration.requireNumbers(output);
    Console console = output.console();
    factors.requireInOrder(model, output);
    ImageOptions.Images images = imageOptions.open(model, console);
    generation.requireOptions(output);
    try (Vae vae = model.open(engine, output)) {
      images.requireFor(vae);
      groups.requireFor(vae.runtime());
      if (vae.runtime().model() instanceof ClassifierModel) {
        throw new ConfigurationException(Quote.path(model.folder()) + " is a classifier, which says"
            + " nothing of images; give it to another model's evaluation with --generation");
      }
      calibration.requireFor(vae, output);
      FactorScores.Codes codes =
          factors.encode(vae, model, images, imageOptions, batchSize, engine, output);
      JsonResult result = new JsonResult()
          .put("backend", vae.backend().name())
          .put("data", images.source())
          .put("images", images.data().size())
          .put("binarization", images.binarization());
      console.say(
          "%s: %d examples, binarization %s",
          images.source(), images.data().size(), images.binarization());
      bound(vae, images, console, result);
      if (images.judges()) {
        console.say(
            "these examples chose the best epoch in training, and its end with --patience: of"
                + " such a model they give a flattered ELBO");
      }
      if (samples != null) {
        marginal(vae, images, samples, console, result);
      }
      inspect(vae, images, console, result);
      factors.tell(codes, images.seed(), console, result);
      calibration.tell(vae, images, console, result);
      generation.tell(vae, model.folder(), images, engine, output, result);
      console.result(result
          .put(TrainingRecord.SELECTED_ON, images.judges() ? images.part().toString() : null)
          .put("seed", images.seed()));
    }
    return 0;
  }

  private void bound(Vae vae, ImageOptions.Images images, Console console, JsonResult result) {
    Metrics metrics;
    try (Evaluator evaluator = new Evaluator(vae.runtime())) {
      metrics = evaluator.evaluate(
          images.data(),
          batchSize,
          images.transforms(),
          images.seed(),
          model.record().objectiveNumbers());
    }
    Metrics sampled;
    try (Evaluator evaluator = new Evaluator(vae.runtime(), DivergenceForm.SAMPLED)) {
      sampled = evaluator.evaluate(images.data(), batchSize, images.transforms(), images.seed());
      boolean density = vae.runtime().model().likelihood().isDensity();
      Double dequantized =
          density && images.transforms().elements(images.data().elements()) == ElementKind.BYTES
              ? (Double) evaluator.dequantizedBitsPerDim(images.data(), batchSize, images.seed())
              : null;
      tell(metrics, sampled, dequantized, console);
      result.put("dequantized_bits_per_dim", dequantized);
    }
    groups.draw(metrics, images.source(), console, result);
    result
        .put(metrics)
        .put("kl_per_group", groups.json(metrics))
        .put("elbo_sampled_form", (Double) sampled.elbo())
        .put("elbo_sampled_form_standard_error", (Double) sampled.elboStandardError());
  }

  private void tell(
      Metrics metrics, Metrics sampled, @Nullable Double dequantized, Console console) {
    console.say(
        "ELBO           %.3f nats/example (%s)",
        metrics.elbo(), StandardError.text(metrics.elboStandardError(), 3));
    console.say("log-likelihood %.3f nats/example, E_q[log p(x|z)]", metrics.logLikelihood());
    console.say("KL             %.3f nats/example, KL(q(z|x) || p(z))", metrics.kl());
    groups.tell(metrics, console);
    metrics.terms().forEach((name, value) -> {
      if (!groups.isOne(metrics, name)) {
        console.say("%-14s %.3f nats/example, of the objective", name, value);
      }
    });
    console.say(
        "ELBO           %.3f nats/example (%s), with the divergence as drawn",
        sampled.elbo(), StandardError.text(sampled.elboStandardError(), 3));
    Double bits = metrics.bitsPerDim();
    if (bits != null) {
      console.say("bits/dim       %.4f, at most", bits);
    }
    if (dequantized != null) {
      console.say(
          "bits/dim       %.4f, at most, of images dequantised by uniform noise", dequantized);
    }
  }

  private void marginal(
      Vae vae, ImageOptions.Images images, int draws, Console console, JsonResult result) {
    long start = System.nanoTime();
    LogLikelihoodEstimate estimate =
        estimate(vae, Proposal.POSTERIOR, images.data(), draws, images, console);
    double seconds = (System.nanoTime() - start) * 1e-9;
    double pace = (double) images.data().size() * draws / seconds;
    console.say(
        "log p(x)       %.3f nats/example (%s; %s of the draws), by %d importance-weighted draws an"
            + " example, of which %.1f count; %.0f draws/s",
        estimate.logLikelihood(),
        StandardError.text(estimate.standardError(), 3),
        StandardError.number(estimate.samplingError(), 3),
        draws,
        estimate.effectiveSampleSize(),
        pace);
    Examples few = images.data().limit(PRIOR_IMAGES);
    LogLikelihoodEstimate prior = estimate(vae, Proposal.PRIOR, few, draws, images, console);
    console.say(
        "               %.3f nats/example by as many draws from the prior, of the first %d examples:"
            + " only %.1f of them count, so it is far too low",
        prior.logLikelihood(), few.size(), prior.effectiveSampleSize());
    result
        .put("samples", draws)
        .put("marginal_log_likelihood", (Double) estimate.logLikelihood())
        .put("marginal_log_likelihood_standard_error", (Double) estimate.standardError())
        .put("marginal_log_likelihood_sampling_error", (Double) estimate.samplingError())
        .put("effective_sample_size", (Double) estimate.effectiveSampleSize())
        .put("draws_per_second", (Double) pace)
        .put("prior_sampling_images", few.size())
        .put("prior_sampling_log_likelihood", (Double) prior.logLikelihood())
        .put("prior_sampling_effective_sample_size", (Double) prior.effectiveSampleSize());
  }

  private static LogLikelihoodEstimate estimate(
      Vae vae,
      Proposal proposal,
      Examples data,
      int draws,
      ImageOptions.Images images,
      Console console) {
    String task = proposal == Proposal.POSTERIOR ? "log p(x)" : "prior sampling";
    try (LogLikelihoodEstimator estimator = new LogLikelihoodEstimator(vae.runtime(), proposal);
        Bar bar = console.bar(task, (long) data.size() * draws)) {
      return estimator.estimate(data, draws, images.transforms(), images.seed(), bar::to);
    }
  }

  private void inspect(Vae vae, ImageOptions.Images images, Console console, JsonResult result) {
    Inspector.Findings findings = new Inspector(vae.runtime(), vae.inference())
        .inspect(images.data(), batchSize, images.transforms(), images.seed());
    LatentActivity latents = findings.latents();
    ReconstructionQuality made = findings.reconstructions();
    console.say(
        "active units   %d of %d (variance of the posterior mean above %s)",
        latents.activeUnits(), latents.variances().size(), LatentActivity.ACTIVE);
    console.say(
        "reconstruction MSE %.5f, PSNR %.2f dB, SSIM %s",
        made.meanSquaredError(),
        made.psnr(),
        Double.isNaN(made.ssim())
            ? "of images from 11 x 11 on only"
            : String.format(Locale.ROOT, "%.4f", made.ssim()));
    result
        .put("active_units", latents.activeUnits())
        .put("kl_per_dimension", perDimension(latents))
        .put("reconstruction_mse", (Double) made.meanSquaredError())
        .put("reconstruction_psnr_db", (Double) made.psnr())
        .put("reconstruction_ssim", (Double) made.ssim());
  }

  /** Returns what each dimension adds to the divergence; nothing of too many to read. */
  private static JsonNode perDimension(LatentActivity latents) {
    if (latents.kl().size() > MOST_DIMENSIONS) {
      return JsonNodeFactory.instance.nullNode();
    }
    ArrayNode each = JsonNodeFactory.instance.arrayNode();
    latents.kl().forEach(each::add);
    return each;
  }
}

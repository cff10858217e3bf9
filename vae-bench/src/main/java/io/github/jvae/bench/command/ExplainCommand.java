package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.Vae;
import io.github.jvae.bench.chart.Axis;
import io.github.jvae.bench.chart.LineChart;
import io.github.jvae.bench.chart.LineChart.Style;
import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.bench.chart.Series;
import io.github.jvae.bench.chart.Series.Sample;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.CountFromZero;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Examples;
import io.github.jvae.evaluate.BoundChain;
import io.github.jvae.evaluate.BoundChain.Rung;
import io.github.jvae.internal.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae explain}. */
@Command(
    name = "explain",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Shows on images why a variational autoencoder has a bound: what sampling from the prior says"
          + " of log p(x), the ELBO and its two terms, and importance-weighted bounds that close"
          + " the gap as draws are added. All in nats.",
      ""
    })
public final class ExplainCommand implements Callable<Integer> {
  /** How many estimates there may be: one does not vary, and all their draws are counted. */
  static final class RepeatCount extends BoundedInteger {
    RepeatCount() {
      super(2, 100_000);
    }
  }

  private static final int CHART_WIDTH = 720;

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Option(
      names = "--index",
      paramLabel = "N",
      converter = CountFromZero.class,
      description = "The image's number, from 0. Default: the first.")
  private int index;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description =
          "How many images, from the first, the same is shown for on average. Default: 16.")
  private Integer count = 16;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      converter = RepeatCount.class,
      description = "How often each estimate of the image is made anew, from 2 to 100000, to tell"
          + " how much it varies. Default: 20.")
  private Integer repeats = 20;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description =
          "A picture of the bound against the number of draws; one that is there is" + " replaced.")
  private @Nullable Path picture;

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    ImageOptions.Images images = imageOptions.open(model, console);
    Examples data = images.data();
    images.requireIndex("--index", index);
    try (Vae vae = model.open(engine, output)) {
      images.requireFor(vae);
      BoundChain chain = new BoundChain(vae.runtime(), images.seed());
      BoundChain.Result one = chain.of(images.image(index), images.conditions(vae, index), repeats);
      console.say(
          "image %d of %s (mean and standard error of %d repeats)",
          index, images.source(), repeats);
      tell(one, console);
      Batch first = images.first(vae, count);
      BoundChain.Result all = chain.of(first.x(), first.conditions(), 2);
      console.say("");
      console.say("the first %d images on average", Math.min(count, data.size()));
      tell(all, console);
      JsonResult result = new JsonResult();
      if (picture != null) {
        AtomicFile.write(picture, PngWriter.png(chart(one), CHART_WIDTH));
        console.say("");
        console.say("%s: the bound against the number of draws", picture);
        result.put("out", picture.toString());
      }
      console.result(result
          .put("data", images.source())
          .put("index", index)
          .put("elbo", (Double) one.elbo().mean())
          .put("log_likelihood", (Double) one.logLikelihood())
          .put("kl", (Double) one.kl())
          .put("importance_weighted", json(one.posterior()))
          .put("prior_sampling", json(one.prior()))
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  private static void tell(BoundChain.Result chain, Console console) {
    for (Rung rung : chain.prior()) {
      console.say(
          "log p(x), prior sampling, %5d draws  %12.3f  (%.3f)",
          rung.draws(), rung.mean(), rung.standardError());
    }
    console.say(
        "ELBO = log-likelihood - KL            %12.3f  (%.3f) = %.3f - %.3f",
        chain.elbo().mean(), chain.elbo().standardError(), chain.logLikelihood(), chain.kl());
    for (Rung rung : chain.posterior()) {
      console.say(
          "importance-weighted bound, K = %5d   %12.3f  (%.3f)",
          rung.draws(), rung.mean(), rung.standardError());
    }
    console.say(
        "gap, about KL(q(z|x) || p(z|x))       %12.3f  at least: the last bound less the ELBO",
        chain.gap());
  }

  /**
   * Draws the bounds without the prior's estimates: beside them the bounds would be one flat line.
   */
  private static LineChart chart(BoundChain.Result chain) {
    List<Sample> samples = chain.posterior().stream()
        .map(rung -> new Sample(
            rung.draws(),
            rung.mean(),
            rung.mean() - 2 * rung.standardError(),
            rung.mean() + 2 * rung.standardError()))
        .toList();
    return new LineChart(
        "Lower bounds of log p(x) of an image, with two standard errors",
        Axis.logarithmic("draws K"),
        Axis.linear("nats"),
        List.of(new Series("importance-weighted bound", 0, samples)),
        Style.MARKED,
        List.of(new LineChart.Guide(chain.elbo().mean(), "ELBO")));
  }

  private static ArrayNode json(List<Rung> rungs) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    rungs.forEach(rung -> rows.addObject()
        .put("draws", rung.draws())
        .put("mean", rung.mean())
        .put("standard_error", rung.standardError()));
    return rows;
  }
}

package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.Vae;
import io.github.jvae.bench.chart.HistogramGrid;
import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.console.StandardError;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.calibration.AggregateCheck;
import io.github.jvae.calibration.AggregateFindings;
import io.github.jvae.calibration.Estimate;
import io.github.jvae.calibration.RankHistogram;
import io.github.jvae.calibration.SimulationCalibration;
import io.github.jvae.calibration.SimulationSettings;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code vae evaluate} tells of a model's posteriors: each beside its own, all as one. */
final class ModelCalibration {
  /** The chance that even ranks are called uneven, over all quantities. */
  private static final double LEVEL = 0.01;

  /** How often counts of even ranks lie in the band of the picture. */
  private static final double BAND = 0.99;

  /** Moments of ranks nearer than this to those of even ones have no name. */
  private static final double NOTABLE_SHIFT = 0.03;

  private static final double NOTABLE_SPREAD = 0.1;
  private static final int MOST_TOLD = 8;
  private static final int MOST_PANELS = 12;
  private static final int CHART_WIDTH = 940;

  @Option(
      names = "--calibration",
      description = "Check the posteriors: by the ranks of latent vectors among draws from the"
          + " posteriors of examples that the model makes of them (even ranks, where the encoder is"
          + " right); and all posteriors of the data together against the prior.")
  private boolean asked;

  @Option(
      names = "--simulations",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "1000",
      description =
          "With --calibration: how many examples the model makes. Default:" + " ${DEFAULT-VALUE}.")
  private int simulations = 1000;

  @Option(
      names = "--rank-draws",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "99",
      description = "With --calibration: draws from the posterior of each, one less than a multiple"
          + " of --rank-bins. Default: ${DEFAULT-VALUE}.")
  private int draws = 99;

  @Option(
      names = "--rank-bins",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "20",
      description = "With --calibration: bins of the ranks. Default: ${DEFAULT-VALUE}.")
  private int bins = 20;

  @Option(
      names = "--aggregated",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "2000",
      description = "With --calibration: how many examples' posteriors are compared with the prior,"
          + " at most; takes a time that grows with the square. Default: ${DEFAULT-VALUE}.")
  private int most = 2000;

  @Option(
      names = "--hole-quantile",
      paramLabel = "Q",
      defaultValue = "0.01",
      description = "With --calibration: a draw from the prior lies in a hole where posteriors are"
          + " less dense than at this share of their own draws. Default: ${DEFAULT-VALUE}.")
  private double holeQuantile = AggregateCheck.HOLE_QUANTILE;

  @Option(
      names = "--calibration-picture",
      paramLabel = "FILE.png",
      description = "With --calibration: a picture of the ranks, the most uneven first; one that is"
          + " there is replaced.")
  private @Nullable Path picture;

  /** Checks the numbers that were typed, before anything is opened. */
  void requireNumbers(OutputOptions output) {
    output.require(AggregateCheck.HOLE_QUANTILES, "--hole-quantile", holeQuantile);
  }

  /**
   * Checks what else was typed, and whether there is a model to calibrate.
   *
   * @throws picocli.CommandLine.ParameterException if options do not go together
   * @throws ConfigurationException if the model has no posterior or no prior
   */
  void requireFor(Vae vae, OutputOptions output) {
    if (asked) {
      settings(0);
      new AggregateCheck(vae.runtime(), vae.inference());
      return;
    }
    for (String option : List.of(
        "--simulations",
        "--rank-draws",
        "--rank-bins",
        "--aggregated",
        "--hole-quantile",
        "--calibration-picture")) {
      if (output.isGiven(option)) {
        throw output.usage(option + " goes with --calibration");
      }
    }
  }

  private SimulationSettings settings(long seed) {
    return new SimulationSettings(simulations, draws, bins, seed);
  }

  /** Checks and tells, if it was asked for. */
  void tell(Vae vae, ImageOptions.Images images, Console console, JsonResult result) {
    if (!asked) {
      return;
    }
    List<RankHistogram> histograms = simulate(vae, images, console);
    tell(histograms, console);
    JsonResult json = new JsonResult()
        .put("simulations", simulations)
        .put("rank_draws", draws)
        .put("quantities", json(histograms));
    draw(histograms, console, json);
    aggregate(vae, images, console, json);
    result.put("calibration", json.toJson());
  }

  private List<RankHistogram> simulate(Vae vae, ImageOptions.Images images, Console console) {
    try (SimulationCalibration calibration =
            new SimulationCalibration(vae.runtime(), vae.inference());
        Bar bar = console.bar("calibration", simulations)) {
      return calibration.run(settings(images.seed()), told(vae, images), bar::to);
    }
  }

  /** What the model is told of examples that it makes is what it was told of real ones, in turn. */
  private Map<String, HostTensor> told(Vae vae, ImageOptions.Images images) {
    int count = Math.min(simulations, images.data().size());
    Map<String, HostTensor> given = images.conditionsOfFirst(vae, count);
    Map<String, HostTensor> all = new LinkedHashMap<>();
    given.forEach((name, rows) ->
        all.put(name, rows.repeated((simulations - 1) / count + 1).rows(0, simulations)));
    return all;
  }

  private static boolean isUneven(RankHistogram histogram, int quantities) {
    return histogram.pValue() < LEVEL / quantities;
  }

  private static List<RankHistogram> worstFirst(List<RankHistogram> histograms) {
    return histograms.stream()
        .sorted(Comparator.comparingDouble(RankHistogram::pValue)
            .thenComparingDouble(h -> -Math.abs(Math.log(h.spread()))))
        .toList();
  }

  private void tell(List<RankHistogram> histograms, Console console) {
    int quantities = histograms.size();
    List<RankHistogram> uneven =
        worstFirst(histograms).stream().filter(h -> isUneven(h, quantities)).toList();
    console.say(
        "calibration    ranks of %d of %d quantities are uneven (p below %.2f / %d, chi-square in %d"
            + " bins), in %d simulations of %d draws from the posterior",
        uneven.size(), quantities, LEVEL, quantities, bins, simulations, draws);
    uneven.stream()
        .limit(MOST_TOLD)
        .forEach(h -> console.say("  %-12s p %s, %s", h.quantity(), p(h), words(h)));
    if (uneven.size() > MOST_TOLD) {
      console.say("  and %d more, see --json", uneven.size() - MOST_TOLD);
    }
  }

  private static String p(RankHistogram histogram) {
    // A p-value below that is as good as none, and its digits are those of the computation.
    return histogram.pValue() < 1e-12 ? "below 1e-12" : NumberText.plain(histogram.pValue(), 2);
  }

  /** What the moments of ranks say. */
  private static String words(RankHistogram histogram) {
    boolean likelihood = histogram.quantity().equals(SimulationCalibration.LOG_LIKELIHOOD);
    List<String> words = new ArrayList<>();
    if (Math.abs(histogram.shift()) > NOTABLE_SHIFT) {
      boolean low = histogram.shift() > 0;
      words.add(
          likelihood
              ? "draws explain the example " + (low ? "worse" : "better") + " than what made it"
              : "draws too " + (low ? "low" : "high"));
    }
    if (!likelihood && Math.abs(histogram.spread() - 1) > NOTABLE_SPREAD) {
      words.add("posterior too " + (histogram.spread() > 1 ? "narrow" : "wide"));
    }
    words.add(String.format(
        Locale.ROOT, "shift %+.3f, spread %.2f", histogram.shift(), histogram.spread()));
    return String.join(", ", words);
  }

  private static ArrayNode json(List<RankHistogram> histograms) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (RankHistogram each : histograms) {
      ArrayNode counts = JsonNodeFactory.instance.arrayNode();
      each.counts().forEach(counts::add);
      all.add(new JsonResult()
          .put("quantity", each.quantity())
          .put("p_value", (Double) each.pValue())
          .put("shift", (Double) each.shift())
          .put("spread", (Double) each.spread())
          .put("counts", counts)
          .toJson());
    }
    return all;
  }

  private void draw(List<RankHistogram> histograms, Console console, JsonResult json) {
    if (picture == null) {
      return;
    }
    int quantities = histograms.size();
    List<HistogramGrid.Panel> panels = new ArrayList<>();
    for (RankHistogram each : worstFirst(histograms).stream().limit(MOST_PANELS).toList()) {
      RankHistogram.Band band = each.band(BAND);
      panels.add(new HistogramGrid.Panel(
          each.quantity(),
          "p " + p(each) + String.format(Locale.ROOT, ", spread %.2f", each.spread()),
          isUneven(each, quantities) ? 1 : 0,
          each.counts(),
          each.expected(),
          band.low(),
          band.high()));
    }
    HistogramGrid grid = new HistogramGrid(
        String.format(
            Locale.ROOT,
            "Ranks of what made an example among %d draws from its posterior, %d of %d quantities",
            draws,
            panels.size(),
            quantities),
        String.format(
            Locale.ROOT, "rank, 0 to %d; the band holds %.0f %% of even counts", draws, 100 * BAND),
        panels);
    AtomicFile.write(picture, PngWriter.png(grid, CHART_WIDTH));
    console.say("%s: the ranks", picture);
    json.put("picture", picture.toString());
  }

  private void aggregate(Vae vae, ImageOptions.Images images, Console console, JsonResult json) {
    AggregateFindings found;
    try {
      found = new AggregateCheck(vae.runtime(), vae.inference())
          .check(images.data().limit(most), images.transforms(), holeQuantile, images.seed());
    } catch (ConfigurationException e) {
      // The ranks are there all the same.
      console.note("all posteriors together are not compared with the prior: " + e.getMessage());
      return;
    }
    console.say(
        "aggregate      KL %s of %d examples is I(x;z), from %s to %s, and KL(q(z) || p(z)), from %s"
            + " to %s",
        text(found.rate()),
        found.examples(),
        text(found.informationAtLeast()),
        // It is no more than all of the divergence, however little of q(z) so few examples show.
        text(smaller(found.informationAtMost(), found.rate())),
        found.divergenceAtLeast().value() < 0 ? "0" : text(found.divergenceAtLeast()),
        text(found.divergenceAtMost()));
    console.say(
        "               squared discrepancy of posterior and prior draws %s (standard error %s);"
            + " %.1f %% (%s) of prior draws lie in holes, %.1f %% expected without any",
        NumberText.plain(found.discrepancy().value(), 3),
        NumberText.of(found.discrepancy().standardError(), 2),
        100 * found.holes().value(),
        StandardError.text(100 * found.holes().standardError(), 1),
        100 * holeQuantile);
    if (found.informationAtLeast().value() > Math.log(found.examples()) - 0.5) {
      console.note(String.format(
          Locale.ROOT,
          "the lower estimate of I(x;z) is as good as log %d = %.2f, above which %d examples show"
              + " nothing, nor where holes are; the truth may lie far above it",
          found.examples(),
          Math.log(found.examples()),
          found.examples()));
    }
    json.put("aggregate", json(found).toJson());
  }

  private static Estimate smaller(Estimate one, Estimate other) {
    return one.value() <= other.value() ? one : other;
  }

  private static String text(Estimate estimate) {
    return String.format(
        Locale.ROOT,
        "%.3f (%s)",
        estimate.value(),
        StandardError.number(estimate.standardError(), 3));
  }

  private static JsonResult json(AggregateFindings found) {
    JsonResult json = new JsonResult().put("examples", found.examples());
    put(json, "kl", found.rate());
    put(json, "mutual_information_at_least", found.informationAtLeast());
    put(json, "mutual_information_at_most", found.informationAtMost());
    put(json, "aggregate_kl_at_least", found.divergenceAtLeast());
    put(json, "aggregate_kl_at_most", found.divergenceAtMost());
    put(json, "holes", found.holes());
    return json.put("hole_quantile", (Double) found.holeQuantile())
        .put("squared_discrepancy", (Double) found.discrepancy().value())
        .put("squared_discrepancy_standard_error", (Double) found.discrepancy().standardError());
  }

  private static void put(JsonResult json, String name, Estimate estimate) {
    json.put(name, (Double) estimate.value())
        .put(name + "_standard_error", (Double) estimate.standardError());
  }
}

package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.bench.chart.BarChart;
import io.github.jvae.bench.chart.PngWriter;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.evaluate.GroupDivergence;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What each latent group of a hierarchy adds to the divergence: in words, as JSON, as a picture.
 */
final class GroupDivergences {
  private static final int CHART_WIDTH = 720;

  @Option(
      names = "--groups-picture",
      paramLabel = "FILE.png",
      description = "A picture of what each latent group of a hierarchy adds to the divergence; one"
          + " that is there is replaced.")
  private @Nullable Path picture;

  /** The elements of an example, for bits per dimension. */
  private int elements = 1;

  /** @throws ConfigurationException if a picture is asked for of a model of one group */
  void requireFor(ModelRuntime runtime) {
    elements = runtime.example().size();
    LatentModel model = runtime.model();
    if (picture != null && model.groups().size() == 1) {
      throw new ConfigurationException("the model has one latent group, "
          + model.groups().get(0).name()
          + ", which is all of the divergence; leave out --groups-picture");
    }
  }

  /** Returns whether a term of an objective is the divergence of a group, which is told here. */
  boolean isOne(Metrics metrics, String term) {
    return metrics.divergences().stream()
        .anyMatch(each -> Loss.klOf(each.group().name()).equals(term));
  }

  /** Says what the groups add, if there are several. */
  void tell(Metrics metrics, Console console) {
    if (metrics.divergences().size() > 1) {
      metrics
          .divergences()
          .forEach(each -> console.say("  %-12s %s", each.group().name(), words(each, metrics)));
    }
  }

  private String words(GroupDivergence each, Metrics metrics) {
    Double bits = bitsPerDim(each, metrics);
    return String.format(
        Locale.ROOT,
        "%.3f nats/example, %.1f %% of it, in %d numbers%s",
        each.kl(),
        100 * share(each, metrics),
        each.group().size(),
        bits == null ? "" : String.format(Locale.ROOT, ", %.4f bits/dim", bits));
  }

  private static double share(GroupDivergence each, Metrics metrics) {
    return metrics.kl() == 0 ? 0 : each.kl() / metrics.kl();
  }

  /** Returns the part of the bits/dim, where the bound is so many. */
  private @Nullable Double bitsPerDim(GroupDivergence each, Metrics metrics) {
    return metrics.bitsPerDim() == null ? null : (Double) (each.kl() / (elements * Math.log(2)));
  }

  /** Returns one object for each group, from the top. */
  ArrayNode json(Metrics metrics) {
    ArrayNode groups = JsonNodeFactory.instance.arrayNode();
    for (GroupDivergence each : metrics.divergences()) {
      ObjectNode group = new JsonResult()
          .put("group", each.group().name())
          .put("level", each.group().level())
          .put("size", each.group().size())
          .put("nats", (Double) each.kl())
          .put("share", (Double) share(each, metrics))
          .put("bits_per_dim", bitsPerDim(each, metrics))
          .toJson();
      groups.add(group);
    }
    return groups;
  }

  /**
   * Draws the picture that is asked for.
   *
   * @param source what the data are called
   */
  void draw(Metrics metrics, String source, Console console, JsonResult result) {
    if (picture == null) {
      return;
    }
    List<BarChart.Row> rows = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    for (GroupDivergence each : metrics.divergences()) {
      if (!levels.contains(each.group().level())) {
        levels.add(each.group().level());
      }
      rows.add(BarChart.Row.of(
          each.group().name(),
          words(each, metrics),
          levels.size() - 1,
          List.of(Math.max(0, each.kl()))));
    }
    BarChart chart = new BarChart(
        "Divergence of each latent group from its prior, " + source,
        "nats/example",
        rows,
        List.of());
    AtomicFile.write(picture, PngWriter.png(chart, CHART_WIDTH));
    console.say("%s: what each latent group adds to the divergence", picture);
    result.put("groups_picture", picture.toString());
  }
}

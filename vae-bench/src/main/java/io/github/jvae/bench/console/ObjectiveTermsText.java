package io.github.jvae.bench.console;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.github.jvae.evaluate.GroupDivergence;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an objective has beside the ELBO, in words. */
public final class ObjectiveTermsText {
  private static final double SMALL = 10;

  /** With more latent groups than these, a line tells what the levels of a hierarchy add. */
  private static final int MOST_GROUPS = 9;

  private ObjectiveTermsText() {}

  /** Returns the end of a line on a model's ELBO, such as {@code , iwae -91.20}; often nothing. */
  public static String of(Metrics metrics) {
    if (metrics.divergences().size() <= MOST_GROUPS) {
      return terms(metrics, Set.of());
    }
    Set<String> groups =
        metrics.divergences().stream().map(one -> Loss.klOf(one.group().name())).collect(toSet());
    return Stream.concat(Stream.of(terms(metrics, groups)), levels(metrics.divergences()))
        .collect(joining());
  }

  private static String terms(Metrics metrics, Set<String> without) {
    return metrics.terms().entrySet().stream()
        .filter(term -> !without.contains(term.getKey()))
        .map(term -> ", " + term.getKey() + " " + number(term.getValue()))
        .collect(joining());
  }

  private static Stream<String> levels(List<GroupDivergence> divergences) {
    Map<String, List<GroupDivergence>> levels = divergences.stream()
        .collect(groupingBy(one -> one.group().level(), LinkedHashMap::new, toList()));
    return levels.entrySet().stream()
        .map(level -> ", " + Loss.klOf(level.getKey()) + " "
            + number(level.getValue().stream().mapToDouble(GroupDivergence::kl).sum())
            + " in " + level.getValue().size()
            + (level.getValue().size() == 1 ? " group" : " groups"));
  }

  /** Small numbers, which may be no nats, keep four digits. */
  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < SMALL ? "%.4g" : "%.2f", value);
  }
}

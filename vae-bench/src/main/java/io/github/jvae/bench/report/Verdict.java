package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.compare.results.Agreement;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Status;
import io.github.jvae.bench.compare.results.ComparisonResults;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out, in a sentence. */
final class Verdict {
  /** Losses that differ by no more agree: the target that the compatibility kit sets too. */
  static final double AGREEMENT = 1e-4;

  private final ComparisonResults results;
  private final Engines engines;

  Verdict(ComparisonResults results, Engines engines) {
    this.results = results;
    this.engines = engines;
  }

  String sentence() {
    List<Engine> ranked = engines.bySpeed();
    String failures = failures();
    if (ranked.isEmpty()) {
      return "No engine could be measured" + (failures.isEmpty() ? "." : ": " + failures + ".");
    }
    String speed = ranked.size() == 1 ? alone(ranked.get(0)) : fastest(ranked);
    String agreement = agreement(results.agreement());
    return speed
        + (agreement.isEmpty() ? "" : "; " + agreement)
        + (failures.isEmpty() ? "" : "; " + failures)
        + ".";
  }

  private static String alone(Engine engine) {
    return engine.name() + " trained at " + Words.number(engine.throughput(), "images/s");
  }

  private static String fastest(List<Engine> ranked) {
    List<String> even = new ArrayList<>(List.of(ranked.get(0).name()));
    List<String> beaten = new ArrayList<>();
    for (Engine engine : ranked.subList(1, ranked.size())) {
      Interval ratio = engine.ratioToFastest();
      if (ratio != null && ratio.high() >= 1) {
        even.add(engine.name());
      } else {
        beaten.add(times(ratio) + " as fast as " + engine.name());
      }
    }
    if (beaten.isEmpty()) {
      return Words.list(even) + " were equally fast, as far as can be told";
    }
    return Words.list(even)
        + (even.size() == 1 ? " was fastest: " : " were fastest: ")
        + Words.list(beaten);
  }

  /** The ratio the other way round; it compares steps in pairs, which medians alone do not. */
  private static String times(@Nullable Interval toFastest) {
    return NumberText.of(toFastest == null ? Double.NaN : 1 / toFastest.value(), 3) + " times";
  }

  private static String agreement(@Nullable Agreement agreement) {
    if (agreement == null || agreement.pairs().isEmpty()) {
      return "";
    }
    double greatest =
        agreement.pairs().stream().mapToDouble(Agreement.Pair::firstLosses).reduce(0, Math::max);
    String over = " over the first " + Words.count(agreement.firstSteps()) + " steps";
    if (greatest <= AGREEMENT) {
      return "all losses agree to " + Words.relative(greatest) + over;
    }
    return Double.isNaN(greatest)
        ? "but a loss is no number"
        : "but losses differ by up to " + Words.relative(greatest) + over;
  }

  private String failures() {
    List<String> failed = engines.all().stream()
        .filter(engine -> engine.result().status() == Status.FAILED)
        .map(Engine::name)
        .toList();
    return failed.isEmpty() ? "" : Words.list(failed) + " failed";
  }
}

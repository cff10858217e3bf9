package io.github.jvae.bench.report;

import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Latency;
import io.github.jvae.bench.compare.results.BackendResult.Quality;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.BackendResult.Startup;
import io.github.jvae.bench.compare.results.BackendResult.Status;
import io.github.jvae.bench.compare.results.BackendResult.Training;
import io.github.jvae.bench.report.page.Page.Card;
import io.github.jvae.bench.report.page.Page.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each engine at a glance. */
final class Cards {
  private final Engines engines;

  Cards(Engines engines) {
    this.engines = engines;
  }

  List<Card> cards() {
    List<Engine> ranked = engines.bySpeed();
    String fastest = ranked.size() < 2 ? "" : ranked.get(0).name();
    return engines.all().stream().map(engine -> card(engine, fastest)).toList();
  }

  private static Card card(Engine engine, String fastest) {
    BackendResult result = engine.result();
    boolean failed = result.status() == Status.FAILED;
    Double throughput = engine.throughput();
    String value = throughput != null
        ? Words.number(throughput, "images/s")
        : failed ? "failed" : "not measured";
    String reason = result.failure() == null ? "for a reason that is not known" : result.failure();
    return new Card(
        engine.name(),
        result.engine() == null ? "backend " + result.name() : result.engine(),
        engine.colour(),
        value,
        failed ? (throughput == null ? "" : "then failed: ") + reason : note(engine, fastest),
        facts(result),
        failed);
  }

  private static String note(Engine engine, String fastest) {
    String shortcoming = engine.shortcoming();
    String prefix = shortcoming.isEmpty() ? "" : shortcoming + "; ";
    Training training = engine.result().training();
    if (training == null) {
      return shortcoming;
    }
    Interval ratio = training.ratioToFastest();
    if (ratio == null || fastest.isEmpty()) {
      return prefix + "training, median of " + training.imagesPerSecond().size() + " repetitions";
    }
    if (engine.name().equals(fastest)) {
      return prefix + "training: the fastest";
    }
    return prefix + "training: " + NumberText.of(ratio.value(), 3) + " times " + fastest
        + "’s (95 % interval " + Words.interval(ratio) + ")";
  }

  private static List<Fact> facts(BackendResult result) {
    List<Fact> facts = new ArrayList<>();
    Quality quality = result.quality();
    add(facts, "test ELBO", quality == null ? null : Words.nats(quality.elbo()) + " nats/example");
    Startup startup = result.startup();
    add(
        facts,
        "until the first step is done",
        startup == null
            ? null
            : Words.number(
                (startup.startMs().median() + startup.firstStepMs().median()) / 1000, "s"));
    Inference inference = result.inference();
    Latency latency = inference == null ? null : inference.reconstructOneMs();
    add(facts, "one image, median", latency == null ? null : Words.number(latency.p50(), "ms"));
    Spread peak = result.peakRssMib();
    add(facts, "peak memory", peak == null ? null : Words.number(peak.median(), "MiB"));
    return facts;
  }

  private static void add(List<Fact> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.add(new Fact(name, value));
    }
  }
}

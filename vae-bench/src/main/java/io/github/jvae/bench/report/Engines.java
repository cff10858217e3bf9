package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.ComparisonResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The engines of the report, in the order in which they were asked for. */
record Engines(List<Engine> all) {
  static Engines of(ComparisonResults results) {
    List<Engine> engines = new ArrayList<>();
    for (BackendResult result : results.backends()) {
      engines.add(new Engine(result, Engine.nameOf(result.name()), engines.size()));
    }
    return new Engines(List.copyOf(engines));
  }

  /** Returns the engines whose training was timed, the fastest first. */
  List<Engine> bySpeed() {
    return all.stream()
        .filter(engine -> engine.throughput() != null)
        .sorted(Comparator.comparingDouble(Engines::ratio).reversed())
        .toList();
  }

  private static double ratio(Engine engine) {
    Interval ratio = engine.ratioToFastest();
    return ratio == null ? Double.NaN : ratio.value();
  }

  /** Returns the engines that have losses. */
  List<Engine> trained() {
    return all.stream().filter(engine -> engine.losses() != null).toList();
  }

  /** Returns the engines that have something. */
  List<Engine> with(Function<BackendResult, @Nullable Object> part) {
    return all.stream().filter(engine -> part.apply(engine.result()) != null).toList();
  }

  /** The colour of a backend by its name; one that is not here gets the first one unused. */
  int colour(String backend) {
    return all.stream()
        .filter(engine -> engine.result().name().equals(backend))
        .mapToInt(Engine::colour)
        .findFirst()
        .orElse(all.size());
  }
}

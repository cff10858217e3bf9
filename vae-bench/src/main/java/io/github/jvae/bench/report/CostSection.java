package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Pair;
import io.github.jvae.bench.report.page.Page.Section;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the engines take: memory and disk. */
final class CostSection {
  private final Bars bars;

  CostSection(Engines engines) {
    this.bars = new Bars(engines);
  }

  Section section() {
    List<Block.Figure> figures = Stream.of(
            bars.spread(
                "memory",
                "Peak memory",
                "MiB",
                "The largest resident memory of a process, Java’s own and native, over the repetitions. Shorter is better.",
                BackendResult::peakRssMib),
            bars.values(
                "disk",
                "Native libraries on disk",
                "MiB",
                "What the engine brings along for this platform. Shorter is better.",
                BackendResult::nativesMib))
        .filter(Objects::nonNull)
        .toList();
    return new Section(
        "cost", "Memory and disk", figures.isEmpty() ? List.of() : List.of(new Pair(figures)));
  }
}

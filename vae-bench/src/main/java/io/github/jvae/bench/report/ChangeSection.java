package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.Change;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Table;
import io.github.jvae.bench.report.page.Block.Text;
import io.github.jvae.bench.report.page.Page.Section;
import java.util.ArrayList;
import java.util.List;

/** What changed since an earlier run. */
final class ChangeSection {
  private final Change change;

  ChangeSection(Change change) {
    this.change = change;
  }

  Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Text(
        "Compared with " + change.file() + " of " + Words.moment(change.startedAt()) + "."));
    if (!change.differences().isEmpty()) {
      blocks.add(new Text("The runs were not alike, so take the change with care: "
          + String.join("; ", change.differences()) + "."));
    }
    blocks.add(new Table(
        "After over before; a change counts where its 95 % interval leaves out 1",
        "engine and quantity",
        List.of("before", "after", "ratio (–)", "95 % interval (–)", "verdict"),
        change.rows().stream().map(ChangeSection::row).toList()));
    return new Section("change", "What changed", blocks);
  }

  private static Table.Row row(Change.Row row) {
    return new Table.Row(
        Engine.nameOf(row.backend()) + ", " + row.quantity(),
        List.of(
            Words.number(row.before()),
            Words.number(row.after()),
            Words.number(row.ratio().value()),
            Words.interval(row.ratio()),
            switch (row.verdict()) {
              case BETTER -> "better";
              case SAME -> "no change that counts";
              case WORSE -> "worse";
            }));
  }

  /** The changes that count, in a sentence; empty if none does. */
  String notice() {
    List<String> parts = change.rows().stream()
        .filter(row -> row.verdict() != Change.Verdict.SAME)
        .map(row -> Engine.nameOf(row.backend()) + "’s " + row.quantity() + " is "
            + (row.verdict() == Change.Verdict.BETTER ? "better" : "worse") + " ("
            + Words.number(row.ratio().value()) + " times)")
        .toList();
    return parts.isEmpty()
        ? "Nothing changed beyond chance since the run of " + Words.moment(change.startedAt()) + "."
        : "Since the run of " + Words.moment(change.startedAt()) + ": " + Words.list(parts) + ".";
  }
}

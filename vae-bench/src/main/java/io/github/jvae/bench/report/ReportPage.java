package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.BackendResult.Status;
import io.github.jvae.bench.compare.results.Change;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.report.page.Page;
import io.github.jvae.bench.report.page.Page.Notice;
import io.github.jvae.bench.report.page.Page.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the report's page of results: verdict, cards, and the sections that have something. */
final class ReportPage {
  private final ComparisonResults results;
  private final Engines engines;
  private final PictureFolder pictures;

  /** @param folder of the results and their pictures */
  ReportPage(ComparisonResults results, Path folder) {
    this.results = results;
    this.engines = Engines.of(results);
    this.pictures = new PictureFolder(folder);
  }

  Page page() {
    Setup setup = results.setup();
    List<Section> sections = new ArrayList<>();
    sections.add(new SpeedSection(engines, setup).section());
    sections.add(new LossSection(engines, setup, results.agreement()).section());
    sections.add(new CostSection(engines).section());
    sections.add(new GrowthSection(results.sweeps(), engines).section());
    sections.add(new PictureSection(engines, pictures).section());
    Change change = results.against();
    if (change != null) {
      sections.add(new ChangeSection(change).section());
    }
    sections.add(new ObjectiveSection(setup).section());
    sections.add(new ProvenanceSection(results).section());
    return new Page(
        "jvae: engines compared on " + setup.data(),
        "Engines compared on " + setup.data(),
        new Verdict(results, engines).sentence(),
        summary(setup),
        notices(),
        new Cards(engines).cards(),
        sections.stream().filter(section -> !section.blocks().isEmpty()).toList(),
        "Made by vae compare of jvae " + setup.version() + " on " + Words.moment(setup.startedAt())
            + ".");
  }

  private String summary(Setup setup) {
    return "The same model from the same first weights on the same numbers, engine by engine: "
        + setup.model() + ", with " + Words.count(setup.parameters()) + " parameters; "
        + Words.count(setup.steps()) + " steps of " + Words.count(setup.batchSize())
        + " images, " + setup.repetitions() + (setup.repetitions() == 1 ? " time" : " times")
        + " each; " + setup.threads() + (setup.threads() == 1 ? " thread" : " threads") + " on "
        + results.machine().cpu() + ".";
  }

  private List<Notice> notices() {
    List<Notice> notices = new ArrayList<>();
    if (results.partial()) {
      notices.add(new Notice("This run was broken off: it shows what was measured until then."));
    }
    for (Engine engine : engines.all()) {
      if (engine.result().status() == Status.FAILED) {
        notices.add(new Notice(engine.name() + " failed: "
            + (engine.result().failure() == null
                ? "for a reason that is not known"
                : engine.result().failure())));
      }
    }
    pictures.refusals().forEach(refusal -> notices.add(new Notice(refusal)));
    Change change = results.against();
    if (change != null) {
      notices.add(new Notice(new ChangeSection(change).notice()));
    }
    return notices;
  }
}

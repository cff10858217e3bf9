package io.github.jvae.bench.command;

import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.report.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vae report}. */
@Command(
    name = "report",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Makes the report of a comparison anew from its results: a page, the same as Markdown, and"
          + " the charts as pictures.",
      ""
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      description = "Holds the results.json of a comparison and its pictures; the report is written"
          + " beside them.")
  private Path folder = Path.of("");

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    ComparisonResults results = ResultsFile.read(folder.resolve(ResultsFile.NAME));
    Report report = Report.of(results, folder);
    report.write(folder);
    console.say(report.verdict());
    Path page = folder.resolve(Report.HTML);
    console.say("%s: open it in a browser", page);
    console.result(
        new JsonResult().put("verdict", report.verdict()).put("report", page.toString()));
    return 0;
  }
}

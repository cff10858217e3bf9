package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.export.TableFile;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.CountFromZero;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Examples;
import io.github.jvae.error.DataException;
import io.github.jvae.evaluate.Imputation;
import io.github.jvae.evaluate.Imputer;
import io.github.jvae.internal.Quote;
import io.github.jvae.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae impute}. */
@Command(
    name = "impute",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Fills the gaps of a table: writes its rows with what the model expects of each number that"
          + " was not observed, given those that were.",
      "",
      "Latent vectors are drawn from the posterior of what was observed, and weighed by"
          + " p(x_observed|z) p(z) / q(z|x_observed). A gap gets the conditional mean, rounded in a"
          + " column of counts, or the likeliest category. With --draws N each row comes N times,"
          + " numbered by the column draw, with gaps that are drawn: what is computed from each of"
          + " the N tables shows how uncertain the gaps leave it.",
      ""
    })
public final class ImputeCommand implements Callable<Integer> {
  /** How many draws a row may have. */
  static final class DrawCount extends BoundedInteger {
    DrawCount() {
      super(1, 100_000);
    }
  }

  private static final String DRAW = "draw";

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions rowOptions = new ImageOptions();

  @Option(
      names = "--samples",
      paramLabel = "K",
      converter = DrawCount.class,
      defaultValue = "500",
      description =
          "Importance-weighted draws for each row, at most 100000. Default:" + " ${DEFAULT-VALUE}.")
  private int samples = 500;

  @Option(
      names = "--draws",
      paramLabel = "N",
      converter = CountFromZero.class,
      defaultValue = "0",
      description = "Write each row N times, its gaps drawn; 0 writes it once, with what is to be"
          + " expected. Default: ${DEFAULT-VALUE}.")
  private int draws;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      required = true,
      description = "The file to write; one that is there is replaced.")
  private Path file = Path.of("");

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw output.usage("--out must end in .csv, not '" + Quote.path(file) + "'");
    }
    Console console = output.console();
    ImageOptions.Images rows = rowOptions.openAll(model, console);
    Columns columns = columns(rows);
    try (Vae vae = model.open(engine, output);
        Imputer imputer = new Imputer(vae.runtime(), rows.transforms());
        Bar bar = console.bar("impute", rows.data().size())) {
      rows.requireFor(vae);
      Filling filling = new Filling(rows, columns, bar);
      TableFile.write(
          file,
          columns,
          draws == 0 ? List.of() : List.of(DRAW),
          target -> impute(imputer, rows, row -> filling.write(row, target)));
      console.say(
          "%s: %d rows, %d %s filled, by %.0f effective draws of %d in the mean",
          file,
          rows.data().size(),
          filling.gaps,
          filling.gaps == 1 ? "gap" : "gaps",
          filling.effective(),
          samples);
      console.result(new JsonResult()
          .put("out", file.toString())
          .put("data", rows.source())
          .put("rows", rows.data().size())
          .put("gaps", filling.gaps)
          .put("samples", samples)
          .put("draws", draws)
          .put("effective_sample_size", filling.effective())
          .put("seed", rows.seed())
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  /** A fault of the file comes from within the imputer, which knows of no files. */
  private void impute(Imputer imputer, ImageOptions.Images rows, Consumer<Imputation> each)
      throws IOException {
    try {
      imputer.impute(rows.data(), samples, rows.seed(), each);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Columns columns(ImageOptions.Images rows) {
    Examples data = rows.data();
    Columns columns = data.columns()
        .orElseThrow(() -> new DataException("data set " + Quote.path(rows.source())
            + " is no table; vae impute fills the gaps of tables"));
    if (draws > 0 && columns.names().contains(DRAW)) {
      throw new DataException("data set " + Quote.path(rows.source()) + " has a column " + DRAW
          + ", which --draws would number the draws of each row in; give the column another name");
    }
    return columns;
  }

  /** Writes rows as they come, and counts. */
  private final class Filling {
    private final ImageOptions.Images rows;
    private final Columns columns;
    private final Bar bar;
    private final RandomStream random;
    private long done;
    private long gaps;
    private double effective;

    Filling(ImageOptions.Images rows, Columns columns, Bar bar) {
      this.rows = rows;
      this.columns = columns;
      this.bar = bar;
      this.random = RandomStream.of(rows.seed()).child("draws");
    }

    void write(Imputation row, TableFile.Rows target) {
      try {
        if (draws == 0) {
          target.add(row.expected(columns));
        }
        RandomStream own = random.child(row.index());
        for (int draw = 1; draw <= draws; draw++) {
          target.add(row.drawn(own), draw);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (int place = 0; place < columns.size(); place++) {
        gaps += row.isObserved(place) ? 0 : 1;
      }
      effective += row.effectiveSampleSize();
      bar.to(++done);
    }

    double effective() {
      return effective / rows.data().size();
    }
  }
}

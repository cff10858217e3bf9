package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.export.EncodingFile;
import io.github.jvae.bench.export.KnownColumns;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae encode}. */
@Command(
    name = "encode",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Writes the posterior of every example: its mean and the natural logarithm of its variances.",
      "",
      "A CSV file has a row per example: its place in the data, label and other conditions and known"
          + " factors where there are any, mean_0 ..., log_variance_0 ... An NPY file has the shape"
          + " [examples, 2, latent]: means, then log-variances; --known has the rest for it.",
      ""
    })
public final class EncodeCommand implements Callable<Integer> {
  private static final int BATCHES_AHEAD = 2;

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "256",
      description = "Images at a time. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 256;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv|FILE.npy",
      required = true,
      description = "The file to write; one that is there is replaced.")
  private Path file = Path.of("");

  @Option(
      names = "--known",
      paramLabel = "FILE.csv",
      description =
          "Also write what is known beside each example, without its posterior: its place,"
              + " conditions and factors.")
  private @Nullable Path knownFile;

  @Option(
      names = "--picture",
      paramLabel = "FILE.png",
      description =
          "Also draw the posteriors' means in a plane, coloured by label where there is one;"
              + " of more than 10000 examples, that many of them, evenly chosen.")
  private @Nullable Path picture;

  @Option(
      names = "--projection",
      paramLabel = "HOW",
      defaultValue = "pca",
      description = "How --picture lays the means out: ${COMPLETION-CANDIDATES}. tsne keeps"
          + " neighbours together, of at most 2000 examples. Default: ${DEFAULT-VALUE}.")
  private LatentPicture.Projection projection = LatentPicture.Projection.pca;

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".npy")) {
      throw output.usage("--out must end in .csv or .npy, not '" + Quote.path(file) + "'");
    }
    Console console = output.console();
    ImageOptions.Images images = imageOptions.open(model, console);
    try (Vae vae = model.open(engine, output)) {
      images.requireFor(vae);
      LatentPicture drawn = new LatentPicture(images.data(), images.source(), projection);
      EncodingFile.Source source = consumer ->
          encode(vae, images, console, picture == null ? consumer : drawn.collecting(consumer));
      Batch first = images.first(vae, 1);
      boolean withVariances =
          vae.inference().encode(first.x(), first.conditions()).logVariances().isPresent();
      int latent = vae.runtime().model().latent();
      EncodingFile target = new EncodingFile(images.data(), latent, withVariances, source);
      if (name.endsWith(".csv")) {
        target.writeCsv(file);
      } else {
        target.writeNpy(file);
      }
      console.say(
          "%s: the posteriors of %d examples of %s", file, images.data().size(), images.words());
      if (knownFile != null) {
        new KnownColumns(images.data()).write(knownFile);
        console.say("%s: what is known beside them", knownFile);
      }
      if (picture != null) {
        drawn.write(picture, console);
      }
      console.result(new JsonResult()
          .put("out", file.toString())
          .put("data", images.source())
          .put("images", images.data().size())
          .put("latent", latent)
          .put("known", knownFile == null ? null : knownFile.toString())
          .put("picture", picture == null ? null : picture.toString())
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  private void encode(
      Vae vae, ImageOptions.Images images, Console console, EncodingFile.Target target)
      throws IOException {
    try (Bar bar = console.bar("encode", images.data().size());
        Prefetcher<Batch> batches = images.batches(vae, batchSize).prefetched(BATCHES_AHEAD)) {
      long done = 0;
      while (batches.hasNext()) {
        Batch batch = batches.next();
        target.accept(batch.indices(), vae.inference().encode(batch.x(), batch.conditions()));
        done += batch.size();
        bar.to(done);
      }
    }
  }
}

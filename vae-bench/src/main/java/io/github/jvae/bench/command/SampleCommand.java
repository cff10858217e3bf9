package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.ConditionValues;
import io.github.jvae.bench.option.DrawOptions;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PictureOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SamplerOption;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.bench.option.TableOutput;
import io.github.jvae.data.table.TableWriter;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae sample}. */
@Command(
    name = "sample",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Draws images from a model and shows them in a grid, or rows of a table, in the columns, types"
          + " and categories of the one it was trained on. Of images, series and vectors a file that"
          + " ends in .npy has the numbers, in the units of the data. --data and what follows it are"
          + " for --like.",
      ""
    })
public final class SampleCommand implements Callable<Integer> {
  /** How many images a picture can hold. */
  private static final int MOST_IMAGES = 10_000;

  private static final int LEVEL_COLUMNS = 8;

  /** Parts the noise of a block of rows from that of the one before, whatever the seed is. */
  private static final long BLOCK_SEED = 0x9E3779B97F4A7C15L;

  /** How many examples there may be. */
  static final class ExampleCount extends BoundedInteger {
    ExampleCount() {
      super(1, 10_000_000);
    }
  }

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = ExampleCount.class,
      defaultValue = "64",
      description = "How many images, at most 10000, or rows. Default: ${DEFAULT-VALUE}.")
  private int count = 64;

  @Option(
      names = "--columns",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Images in a row of the grid. Default: as many as make it square.")
  private @Nullable Integer columns;

  @Option(
      names = "--pixel-noise",
      description = "Draw the pixels too, instead of showing their expected values.")
  private boolean pixelNoise;

  @Mixin
  private DrawOptions drawing = new DrawOptions();

  @Option(
      names = "--levels",
      description =
          "Show what each level of a hierarchy holds: row by row, the levels above are the"
              + " same in all images, and the others are drawn anew. --columns says how many images a"
              + " row has. Default: 8.")
  private boolean levels;

  @Mixin
  private SamplerOption sampler = new SamplerOption();

  @Mixin
  private ConditionValues conditions = new ConditionValues();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Mixin
  private PictureOptions picture = new PictureOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    if (count > MOST_IMAGES && !TableOutput.isNumbers(picture.file())) {
      throw output.usage("--count must be a whole number from 1 to " + MOST_IMAGES
          + " for a picture, not '" + count + "'");
    }
    requireWhole();
    if (output.isGiven("--data") && drawing.like().isEmpty()) {
      console.note("--data is not looked at: samples come from the model alone; --like I takes"
          + " image I of it");
    }
    try (Vae vae = model.open(engine, output)) {
      Optional<TableOutput> table = TableOutput.to(picture.file(), model, vae);
      Optional<Base> base = drawing.like().map(index -> base(vae, index, console));
      JsonResult result;
      if (levels) {
        result = levels(vae, base, console);
      } else if (table.isPresent()) {
        result = rows(vae, table.get(), draws(vae, base, count), console);
      } else {
        result = images(vae, draws(vae, base, count), console);
      }
      console.result(result
          .put("seed", imageOptions.seed())
          .put("sampler", sampler.type())
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  /** Refuses flags that mean nothing together. */
  private void requireWhole() {
    if (sampler.type() != null && (drawing.isGiven() || levels)) {
      throw output.usage("--temperature, --fix, --like and --levels are of the prior's draws; leave"
          + " out --sampler, or them");
    }
    if (drawing.like().isPresent() && !drawing.isFixing() && !levels) {
      throw output.usage("--like says what --fix and --levels take from an image; add one of them");
    }
    if (levels && drawing.isFixing()) {
      throw output.usage("--levels fixes the levels above each row by itself; leave out --fix");
    }
    if (levels && TableOutput.isNumbers(picture.file())) {
      throw output.usage("--levels makes a picture; name a file that ends in .png");
    }
  }

  /**
   * The image that fixed groups are taken from.
   *
   * @param image [1, C, H, W]
   * @param conditions what the model is told of it
   * @param latents the mean of its posterior, [1, L]
   */
  private record Base(HostTensor image, Map<String, HostTensor> conditions, HostTensor latents) {}

  private Base base(Vae vae, int index, Console console) {
    ImageOptions.Images images = imageOptions.open(model, console).requireFor(vae);
    images.requireIndex("--like", index);
    HostTensor image = images.image(index);
    Map<String, HostTensor> told = images.conditions(vae, index);
    return new Base(image, told, vae.inference().encode(image, told).mean());
  }

  /** Returns how to draw so many; of what is like an image, under its conditions unless told. */
  private PriorDraws draws(Vae vae, Optional<Base> base, int wanted) {
    PriorDraws draws = drawing.of(PriorDraws.of(wanted, imageOptions.seed()));
    if (base.isEmpty()) {
      return draws.under(conditions.of(vae, wanted));
    }
    Map<String, HostTensor> told = new LinkedHashMap<>();
    base.get().conditions().forEach((name, row) -> told.put(name, row.repeated(wanted)));
    return draws
        .like(base.get().latents())
        .under(conditions.isGiven() ? conditions.of(vae, wanted) : told);
  }

  private JsonResult levels(Vae vae, Optional<Base> base, Console console) {
    LevelsPicture all = LevelsPicture.of(vae.runtime().model());
    int wanted = columns == null ? LEVEL_COLUMNS : columns;
    PriorDraws draws = draws(vae, base, wanted);
    List<LevelsPicture.Labelled> above = base.stream()
        .map(one -> new LevelsPicture.Labelled("image, decoded", pair(vae, one)))
        .toList();
    ImageGrid grid =
        all.picture(vae, draws, latents -> decoded(vae, latents, draws.conditions()), above);
    String what =
        "each row draws anew from the level it names down; the levels above are the same in all";
    return picture
        .write(grid, console, what)
        .put("count", (long) wanted * all.levels().size());
  }

  /** Returns an image, and what the model makes of it. */
  private static HostTensor pair(Vae vae, Base base) {
    HostTensor decoded = vae.inference().decode(base.latents(), base.conditions());
    return HostTensor.joined(List.of(base.image(), decoded));
  }

  private JsonResult images(Vae vae, PriorDraws draws, Console console) {
    HostTensor latents = sampler.draw(vae, model.folder(), draws, engine, output);
    HostTensor images = decoded(vae, latents, draws.conditions());
    ImageGrid grid = columns == null ? ImageGrid.of(images) : ImageGrid.of(images, columns);
    return picture.write(grid, console, count + " samples").put("count", count);
  }

  private HostTensor decoded(Vae vae, HostTensor latents, Map<String, HostTensor> told) {
    return pixelNoise
        ? vae.inference().decodeWithPixelNoise(latents, imageOptions.seed(), told)
        : vae.inference().decode(latents, told);
  }

  private JsonResult rows(Vae vae, TableOutput table, PriorDraws draws, Console console) {
    HostTensor latents = sampler.draw(vae, model.folder(), draws, engine, output);
    return table
        .write(
            count,
            (begin, end) -> rows(vae, latents, draws.conditions(), begin, end),
            console,
            count + (vae.config().columns().isPresent() ? " rows" : " samples"))
        .put("count", count);
  }

  /**
   * Draws rows, as the expected value of a row is none; of other examples it is, if not asked for.
   */
  private TableWriter.Rows rows(
      Vae vae, HostTensor latents, Map<String, HostTensor> told, int begin, int end) {
    Map<String, HostTensor> known = TableOutput.rows(told, begin, end);
    HostTensor some = latents.rows(begin, end);
    HostTensor x = pixelNoise || vae.config().columns().isPresent()
        ? vae.inference()
            .decodeWithPixelNoise(some, imageOptions.seed() + begin * BLOCK_SEED, known)
        : vae.inference().decode(some, known);
    return new TableWriter.Rows(x, known);
  }
}

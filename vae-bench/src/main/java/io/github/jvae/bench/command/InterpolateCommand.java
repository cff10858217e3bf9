package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.image.LatentPath;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.CountFromZero;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PictureOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.model.LatentSpace;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae interpolate}. */
@Command(
    name = "interpolate",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Shows what lies between two images: decodes points on the way from the mean of one's"
          + " posterior to that of the other. The way is a straight line, or an arc around the"
          + " origin where latent vectors lie on a sphere.",
      "What the model is told of the two, such as their labels, changes along the same line.",
      ""
    })
public final class InterpolateCommand implements Callable<Integer> {
  /** How many images a row may have: both ends, and any number between them. */
  static final class StepCount extends BoundedInteger {
    StepCount() {
      super(2, Integer.MAX_VALUE);
    }
  }

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Mixin
  private ImageOptions imageOptions = new ImageOptions();

  @Option(
      names = "--from",
      paramLabel = "I",
      converter = CountFromZero.class,
      description = "The first image's number, from 0. Default: random pairs.")
  private @Nullable Integer from;

  @Option(
      names = "--to",
      paramLabel = "J",
      converter = CountFromZero.class,
      description = "The last image's number, from 0.")
  private @Nullable Integer to;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = StepCount.class,
      defaultValue = "8",
      description = "Images in a row, both ends included; at least 2. Default: ${DEFAULT-VALUE}.")
  private int steps = 8;

  @Option(
      names = "--rows",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "8",
      description = "How many random pairs. Default: ${DEFAULT-VALUE}.")
  private int rows = 8;

  @Option(names = "--spherical", description = "Go along an arc around the origin in any case.")
  private boolean spherical;

  @Mixin
  private PictureOptions picture = new PictureOptions();

  @Mixin
  private EngineOptions engine = new EngineOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  /** The numbers of two images. */
  private record Pair(int from, int to) {}

  @Override
  public Integer call() {
    if ((from == null) != (to == null)) {
      throw output.usage("--from and --to go together; give both, or neither for random pairs");
    }
    Console console = output.console();
    ImageOptions.Images images = imageOptions.open(model, console);
    List<Pair> pairs = pairs(images);
    try (Vae vae = model.open(engine, output)) {
      images.requireFor(vae);
      List<HostTensor> grid = new ArrayList<>();
      for (Pair pair : pairs) {
        grid.add(row(vae, images, pair));
      }
      String what =
          pairs.size() + " x " + steps + " images, along " + (isArc(vae) ? "an arc" : "a line");
      console.result(picture
          .write(ImageGrid.ofRows(grid), console, what)
          .put("data", images.source())
          .put("rows", pairs.size())
          .put("steps", steps)
          .put("backend", vae.backend().name()));
    }
    return 0;
  }

  private HostTensor row(Vae vae, ImageOptions.Images images, Pair pair) {
    Map<String, HostTensor> first = images.conditions(vae, pair.from());
    Map<String, HostTensor> last = images.conditions(vae, pair.to());
    HostTensor begin = vae.inference().encode(images.image(pair.from()), first).mean();
    HostTensor end = vae.inference().encode(images.image(pair.to()), last).mean();
    Map<String, HostTensor> told = new LinkedHashMap<>();
    first.forEach((name, value) ->
        told.put(name, LatentPath.line(value, Objects.requireNonNull(last.get(name)), steps)));
    return vae.inference()
        .decode(
            isArc(vae) ? LatentPath.arc(begin, end, steps) : LatentPath.line(begin, end, steps),
            told);
  }

  /** What lies between two points of a sphere lies on it, and the decoder knows nothing else. */
  private boolean isArc(Vae vae) {
    return spherical || vae.runtime().model().space() == LatentSpace.SPHERE;
  }

  private List<Pair> pairs(ImageOptions.Images images) {
    if (from != null && to != null) {
      return List.of(
          new Pair(images.requireIndex("--from", from), images.requireIndex("--to", to)));
    }
    RandomStream random = RandomStream.of(images.seed()).child("interpolate");
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int size = images.data().size();
      pairs.add(new Pair(random.nextInt(size), random.nextInt(size)));
    }
    return pairs;
  }
}

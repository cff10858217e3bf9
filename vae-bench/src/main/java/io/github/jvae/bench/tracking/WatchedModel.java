package io.github.jvae.bench.tracking;

import io.github.jvae.Vae;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a model shows of itself after each epoch: always of the same examples and from the same
 * noise, so that only the model differs. Examples are read anew each time and in the batches of the
 * training, as a few hundred large images would fill the memory.
 */
final class WatchedModel {
  /** Enough for a histogram, and of little cost beside an epoch. */
  private static final int ENCODED = 256;

  private static final int MOST_COLUMNS = 8;

  /** Pixels, about, that a picture is wide and high. */
  private static final int PICTURE = 1024;

  /** Smaller images are enlarged by {@link ImageGrid} to about this many pixels. */
  private static final int SMALLEST_TILE = 64;

  private static final int IMAGE_RANK = 3;
  private static final int COLOURS = 3;

  private final Vae vae;
  private final Examples examples;
  private final TrainingOptions options;

  WatchedModel(TrackedTraining training) {
    this.vae = training.vae();
    this.examples = training.watched().limit(ENCODED);
    this.options = training.options();
  }

  /** Returns the histograms of the posteriors of some hundred examples. */
  List<SummaryValue> distributions() {
    List<float[]> means = new ArrayList<>();
    List<float[]> logVariances = new ArrayList<>();
    for (Batch batch : batches(Math.min(options.batchSize(), examples.size()))) {
      Encoding encoding = vae.inference().encode(batch.x(), batch.conditions());
      means.add(encoding.mean().data());
      encoding.logVariances().ifPresent(values -> logVariances.add(values.data()));
    }
    List<SummaryValue> values = new ArrayList<>();
    Histogram.of(means)
        .ifPresent(all -> values.add(new SummaryValue.Distribution("posterior/mean", all)));
    Histogram.of(logVariances)
        .ifPresent(all -> values.add(new SummaryValue.Distribution("posterior/log_variance", all)));
    return values;
  }

  /** Returns samples and reconstructions; of a model that makes no images, nothing. */
  List<SummaryValue> pictures() {
    return makesImages()
        ? List.of(picture("samples", samples()), picture("reconstructions", reconstructions()))
        : List.of();
  }

  private boolean makesImages() {
    Shape shape = vae.config().shape();
    return shape.rank() == IMAGE_RANK
        && (shape.dimension(0) == 1 || shape.dimension(0) == COLOURS)
        && !(vae.runtime().model() instanceof ClassifierModel);
  }

  private ImageGrid samples() {
    int columns = columns();
    boolean isTold = !vae.runtime().conditions().isEmpty();
    Map<String, HostTensor> conditions = isTold ? first(columns * columns).conditions() : Map.of();
    int count = conditions.values().stream()
        .findFirst()
        .map(rows -> rows.shape().dimension(0))
        .orElse(columns * columns);
    return ImageGrid.of(vae.inference().sample(count, options.seed(), conditions), columns);
  }

  private ImageGrid reconstructions() {
    Batch batch = first(2 * columns());
    return ImageGrid.ofPairs(
        batch.x(), vae.inference().reconstruct(batch.x(), batch.conditions()), columns());
  }

  /** Returns how many images lie side by side, fewer of large ones. */
  private int columns() {
    Shape shape = vae.config().shape();
    int tile = Math.max(SMALLEST_TILE, Math.max(shape.dimension(1), shape.dimension(2)));
    return Math.max(1, Math.min(MOST_COLUMNS, PICTURE / tile));
  }

  private Batch first(int count) {
    return batches(Math.min(count, examples.size())).iterator().next();
  }

  private Batches batches(int size) {
    return Batches.of(examples, size)
        .withConditions(vae.runtime().conditions().keySet())
        .transformed(options.transforms(), Pass.test(options.seed()));
  }

  private static SummaryValue picture(String tag, ImageGrid grid) {
    BufferedImage image = grid.toImage();
    return new SummaryValue.Picture(tag, image.getWidth(), image.getHeight(), ImageGrid.png(image));
  }
}

package io.github.jvae.bench.compare;

import io.github.jvae.Vae;
import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.image.LatentPath;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws what a trained model shows: of the same test images and the same noise on every engine. */
final class ModelPictures {
  private static final int COLUMNS = 8;
  private static final int RECONSTRUCTIONS = 16;
  private static final int SAMPLES = 32;
  private static final int PATHS = 4;

  private final Vae vae;
  private final HostTensor images;
  private final long seed;

  ModelPictures(Vae vae, Examples test, TrainingOptions options) {
    this.vae = vae;
    this.images = Batches.of(test, Math.min(RECONSTRUCTIONS, test.size()))
        .transformed(options.transforms(), Pass.test(options.seed()))
        .iterator()
        .next()
        .x();
    this.seed = options.seed();
  }

  /** Writes the pictures into a folder; their names are relative to it. */
  Pictures draw(Path folder) {
    return new Pictures(
        write(
            folder, "reconstructions", ImageGrid.ofPairs(images, vae.reconstruct(images), COLUMNS)),
        write(folder, "samples", ImageGrid.of(vae.sample(SAMPLES, seed), COLUMNS)),
        write(folder, "interpolation", ImageGrid.ofRows(interpolations())));
  }

  private List<HostTensor> interpolations() {
    HostTensor latents = vae.encode(images).mean();
    int count = images.shape().dimension(0);
    List<HostTensor> rows = new ArrayList<>();
    for (int i = 0; i < Math.max(1, Math.min(PATHS, count / 2)); i++) {
      rows.add(vae.decode(LatentPath.line(
          row(latents, 2 * i), row(latents, Math.min(2 * i + 1, count - 1)), COLUMNS)));
    }
    return rows;
  }

  private static HostTensor row(HostTensor latents, int index) {
    return latents.rows(index, index + 1);
  }

  private static String write(Path folder, String name, ImageGrid grid) {
    String file = name + ".png";
    grid.write(folder.resolve(file));
    return file;
  }
}

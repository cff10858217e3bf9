package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Gallery;
import io.github.jvae.bench.report.page.Page.Section;
import io.github.jvae.bench.report.page.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the trained models show, the same images on every engine. */
final class PictureSection {
  private final Engines engines;
  private final Path folder;

  /** @param folder of the results; the pictures lie in it or below */
  PictureSection(Engines engines, Path folder) {
    this.engines = engines;
    this.folder = folder.toAbsolutePath().normalize();
  }

  Section section() {
    List<Block> blocks = Stream.of(
            gallery(
                "Reconstructions",
                "reconstructions",
                "Test images above what encoder and decoder make of them.",
                Pictures::reconstructions),
            gallery(
                "Samples",
                "samples",
                "Expected images of latent vectors drawn from the prior, the same vectors for all.",
                Pictures::samples),
            gallery(
                "Interpolation",
                "an interpolation",
                "On the way from the posterior mean of one test image to that of another.",
                Pictures::interpolation))
        .<Block>mapMulti((gallery, sink) -> {
          if (gallery != null) {
            sink.accept(gallery);
          }
        })
        .toList();
    return new Section("pictures", "Pictures", blocks);
  }

  private @Nullable Gallery gallery(
      String title, String what, String caption, Function<Pictures, @Nullable String> file) {
    List<Picture> pictures = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (Engine engine : engines.all()) {
      Pictures all = engine.result().pictures();
      String name = all == null ? null : file.apply(all);
      byte[] png = name == null ? null : read(name);
      if (name != null && png != null) {
        contents.add(png);
        String text = what + " by the model trained with " + engine.name();
        pictures.add(new Picture(engine.name(), text, name.replace('\\', '/'), png));
      }
    }
    return pictures.isEmpty()
        ? null
        : new Gallery(title, caption + " " + PixelDifference.sentence(contents), pictures);
  }

  /** A picture's bytes; null if it is not there, or not in the folder. */
  private byte @Nullable [] read(String name) {
    Path file = folder.resolve(name).normalize();
    try {
      return file.startsWith(folder) && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      // The report shows what is left; the numbers do not hang on a picture.
      return null;
    }
  }
}

package io.github.jvae.bench.report;

import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.report.PictureFolder.Png;
import io.github.jvae.bench.report.page.Block;
import io.github.jvae.bench.report.page.Block.Gallery;
import io.github.jvae.bench.report.page.Page.Section;
import io.github.jvae.bench.report.page.Picture;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the trained models show, the same images on every engine. */
final class PictureSection {
  private final Engines engines;
  private final PictureFolder folder;

  /** @param folder of the results; the pictures lie in it or below */
  PictureSection(Engines engines, PictureFolder folder) {
    this.engines = engines;
    this.folder = folder;
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

  /** A file's place as an address in Markdown, in which nothing ends the address early. */
  private static String address(String file) {
    try {
      return new URI(null, null, file.replace('\\', '/'), null)
          .toASCIIString()
          .replace("(", "%28")
          .replace(")", "%29");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private @Nullable Gallery gallery(
      String title, String what, String caption, Function<Pictures, @Nullable String> file) {
    List<Picture> pictures = new ArrayList<>();
    List<BufferedImage> images = new ArrayList<>();
    for (Engine engine : engines.all()) {
      Pictures all = engine.result().pictures();
      String name = all == null ? null : file.apply(all);
      Png read = name == null ? null : folder.read(name);
      if (name != null && read != null) {
        images.add(read.image());
        String text = what + " by the model trained with " + engine.name();
        pictures.add(new Picture(engine.name(), text, address(name), read.bytes()));
      }
    }
    return pictures.isEmpty()
        ? null
        : new Gallery(title, caption + " " + PixelDifference.sentence(images), pictures);
  }
}

package io.github.jvae.data.image;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What an image file says besides its pixels.
 *
 * @param orientation how the image lies in it
 * @param hasMore whether there are more images than the first: frames of an animation, or pages
 */
record ImageFacts(Orientation orientation, boolean hasMore) {
  /**
   * Walks over the parts that a file is made of, without decoding any.
   *
   * @throws VaeException if parts are missing or damaged, or would take out of proportion long
   */
  static ImageFacts of(Path file, ImageFormat format, byte[] content) {
    return switch (format) {
      case PNG -> PngChunks.facts(file, content);
      case JPEG -> JpegSegments.facts(file, content);
      case GIF ->
        new ImageFacts(Orientation.UPRIGHT, GifBlocks.of(file, content).frames() > 1);
      case TIFF -> {
        TiffTags tags = new TiffTags(ByteBuffer.wrap(content));
        if (!tags.isWhole()) {
          throw FileFault.damaged(file, "is cut short: a TIFF file that points beyond its end");
        }
        yield new ImageFacts(tags.orientation(), tags.isFollowed());
      }
      case WEBP -> RiffChunks.facts(file, content);
      case BMP -> new ImageFacts(Orientation.UPRIGHT, false);
    };
  }
}

package io.github.jvae.data.image;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** Decodes the first image of a file, and tells whatever goes wrong in a line. */
final class ImageDecoder {
  /** The largest image that is decoded: as many pixels as 4096 × 4096. */
  static final int MAX_PIXELS = 1 << 24;

  /** What a pixel takes at most while it is decoded, packed and turned: 8 bytes, 3, and 3. */
  private static final int DECODED_BYTES = 14;

  private static final int MOST_TIFF_SAMPLES = 5;
  private static final int MOST_TIFF_BITS = 16;
  private static final int UNSIGNED = 1;

  /** Gray of two kinds, RGB, and a palette. */
  private static final int LAST_TIFF_PHOTOMETRIC = 3;

  private static final int TIFF_YCBCR = 6;
  private static final String CURE = "replace it, or save it as an RGB PNG";

  private final Path file;
  private final ImageFormat format;
  private final byte[] content;

  ImageDecoder(Path file, ImageFormat format, byte[] content) {
    this.file = file;
    this.format = format;
    this.content = content;
  }

  /**
   * Decodes it.
   *
   * @throws VaeException if it is damaged, enormous or of a kind that is not read
   */
  ImageFile decode() {
    ImageReader reader = format
        .reader()
        .orElseThrow(() -> FileFault.of(
            file,
            "is a " + format.title() + " image, for which there is no reader",
            "put " + ImageFormat.WEBP_READER + " on the class path, or save it as a PNG"));
    try {
      return decode(reader);
    } catch (VaeException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // Decoders answer some damaged files with exceptions of every kind, and with errors where the
      // file claims to hold more than there is memory for.
      throw isOutOfMemory(e)
          ? FileFault.of(
              file, "takes more memory to decode than there is", CURE + ", or raise -Xmx")
          : FileFault.of(file, "cannot be decoded (" + reason(e) + ")", CURE);
    } finally {
      reader.dispose();
    }
  }

  private ImageFile decode(ImageReader reader) throws IOException {
    try (MemoryImageInput in = new MemoryImageInput(content)) {
      reader.setInput(in, false, true);
      // Asked of the header first: a small file may claim to decode to gigabytes.
      checkSize(reader.getWidth(0), reader.getHeight(0));
      ImageFacts facts = ImageFacts.of(file, format, content);
      if (format == ImageFormat.TIFF) {
        checkSamples(new TiffTags(ByteBuffer.wrap(content)));
      }
      BufferedImage image = readWhole(reader);
      return new ImageFile(file, format == ImageFormat.GIF ? onScreen(image) : image, facts);
    }
  }

  private BufferedImage onScreen(BufferedImage frame) {
    GifBlocks blocks = GifBlocks.of(file, content);
    checkSize(blocks.screenWidth(), blocks.screenHeight());
    return blocks.onScreen(frame);
  }

  private void checkSize(int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw FileFault.of(
          file,
          "is " + width + "x" + height + " pixels, beyond the limit of " + MAX_PIXELS,
          "scale it down");
    }
    long bytes = (long) width * height * DECODED_BYTES;
    if (FileChecks.exceedsHeap(bytes)) {
      throw FileFault.of(
          file,
          "is " + width + "x" + height + " pixels, too many to decode in a Java heap of "
              + FileChecks.heap(),
          "raise it with -Xmx, or scale the image down");
    }
  }

  /** TIFF may hold anything; numbers that are no levels of gray or colour make no image here. */
  private void checkSamples(TiffTags tags) {
    int photometric = tags.first(TiffTags.PHOTOMETRIC, 0);
    boolean known = photometric <= LAST_TIFF_PHOTOMETRIC || photometric == TIFF_YCBCR;
    boolean levels = Arrays.stream(tags.all(TiffTags.SAMPLE_FORMAT)).allMatch(f -> f == UNSIGNED);
    boolean few = tags.first(TiffTags.SAMPLES_PER_PIXEL, 1) <= MOST_TIFF_SAMPLES;
    boolean narrow =
        Arrays.stream(tags.all(TiffTags.BITS_PER_SAMPLE)).allMatch(bits -> bits <= MOST_TIFF_BITS);
    if (!known || !levels || !few || !narrow) {
      throw FileFault.of(
          file,
          "is a TIFF file of other samples than gray, palette or RGB of up to 16 unsigned bits",
          "save it as an RGB PNG");
    }
  }

  /** The JDK's JPEG decoder leaves the rest of an image gray, and tells listeners alone. */
  private BufferedImage readWhole(ImageReader reader) throws IOException {
    AtomicBoolean cutShort = new AtomicBoolean();
    reader.addIIOReadWarningListener((source, warning) -> {
      if (warning.contains("remature end")) {
        cutShort.set(true);
      }
    });
    BufferedImage image = reader.read(0);
    if (cutShort.get()) {
      throw FileFault.damaged(file, "is cut short: a " + format.title() + " file without an end");
    }
    return image;
  }

  private static boolean isOutOfMemory(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof OutOfMemoryError || isOutOfMemory(failure.getCause()));
  }

  private static String reason(Throwable failure) {
    @Nullable String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse(message);
  }
}

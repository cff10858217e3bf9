package io.github.jvae.bench.report;

import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the pictures of results lie in. Results may be somebody else's: what they name is
 * read only if it is a PNG picture that really is in the folder, wherever links lead, for the page
 * that it is put into may be passed on.
 */
final class PictureFolder {
  /** As many as the pictures of this program have at most; more would need a lot of memory. */
  private static final long MOST_PIXELS = 64L << 20;

  private static final int MOST_BYTES = 64 << 20;

  private final Path folder;
  private final List<String> refusals = new ArrayList<>();

  PictureFolder(Path folder) {
    this.folder = folder;
  }

  /** A picture: the file's bytes, and what they show. */
  static final class Png {
    private final byte[] bytes;
    private final BufferedImage image;

    private Png(byte[] bytes, BufferedImage image) {
      this.bytes = bytes;
      this.image = image;
    }

    /** Returns the file's bytes; not a copy. */
    byte[] bytes() {
      return bytes;
    }

    BufferedImage image() {
      return image;
    }
  }

  /** Why a file that is there is not shown. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /** Returns a picture; null if it is not there, or cannot be shown, which is kept as a refusal. */
  @Nullable
  Png read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(inside(file)) : null;
    } catch (InvalidPathException e) {
      refusals.add(refusal(name, "that is no name of a file"));
    } catch (RefusedException e) {
      refusals.add(refusal(name, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      refusals.add(refusal(name, FileFault.reason(e)));
    }
    return null;
  }

  /** Returns sentences that say which pictures are not shown though they are there, and why. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  private static String refusal(String name, String reason) {
    return "The picture " + Quote.bare(name) + " is left out: " + reason + ".";
  }

  private Path inside(Path file) throws IOException, RefusedException {
    if (!new RealFolder(folder).holds(file)) {
      throw new RefusedException("it is not in the folder of the results");
    }
    if (!Files.isRegularFile(file)) {
      throw new RefusedException("it is no file");
    }
    return file.toRealPath();
  }

  private static Png read(Path file) throws IOException, RefusedException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new RefusedException("it has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      return new Png(bytes, decode(bytes));
    }
  }

  private static BufferedImage decode(byte[] png) throws RefusedException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    // Not a stream that ImageIO wraps itself: it would use a file in the temporary folder.
    try (MemoryCacheImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
      reader.setInput(stream, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
        throw new RefusedException("it has more than " + MOST_PIXELS + " pixels");
      }
      return reader.read(0);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's decoder answers some damaged files with exceptions other than IOException.
      throw new RefusedException("it is no PNG picture");
    } finally {
      reader.dispose();
    }
  }
}

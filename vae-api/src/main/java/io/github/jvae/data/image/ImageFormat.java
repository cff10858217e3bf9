package io.github.jvae.data.image;

import io.github.jvae.data.internal.Signature;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * The formats of images that are read, told by how their content begins and not by their name.
 *
 * <p>All but WebP are decoded by the JDK's own readers, whatever other readers lie on the class
 * path: the same file shall give the same pixels in every program.
 */
public enum ImageFormat {
  PNG("PNG", "png", "\u0089PNG\r\n\u001a\n"),
  JPEG("JPEG", "jpeg", "\u00ff\u00d8\u00ff"),
  BMP("BMP", "bmp", "BM"),
  GIF("GIF", "gif", "GIF8?a"),
  TIFF("TIFF", "tiff", "II*\0", "MM\0*"),
  WEBP("WebP", "webp", "RIFF????WEBP");

  /** The artifact whose reader decodes WebP. */
  static final String WEBP_READER = "com.twelvemonkeys.imageio:imageio-webp";

  private final String title;
  private final String readerName;
  private final String signature;
  private final String otherSignature;

  ImageFormat(String title, String readerName, String signature) {
    this(title, readerName, signature, signature);
  }

  ImageFormat(String title, String readerName, String signature, String otherSignature) {
    this.title = title;
    this.readerName = readerName;
    this.signature = signature;
    this.otherSignature = otherSignature;
  }

  /** The format of a file, by its first bytes; nothing if it is none of these. */
  public static Optional<ImageFormat> of(byte[] content) {
    return Arrays.stream(values())
        .filter(format -> Signature.matches(format.signature, content)
            || Signature.matches(format.otherSignature, content))
        .findFirst();
  }

  /** Its name as people write it. */
  public String title() {
    return title;
  }

  /** The names of all, for people to read. */
  static String titles() {
    String all = Arrays.stream(values()).map(ImageFormat::title).collect(Collectors.joining(", "));
    int last = all.lastIndexOf(", ");
    return all.substring(0, last) + " or " + all.substring(last + 2);
  }

  /** A reader, for one file; nothing if it comes with a library that is not there. */
  Optional<ImageReader> reader() {
    Iterator<ImageReader> found = ImageIO.getImageReadersByFormatName(readerName);
    return Stream.iterate(found, Iterator::hasNext, rest -> rest)
        .map(Iterator::next)
        .filter(reader -> this == WEBP || isOfJdk(reader))
        .findFirst();
  }

  private static boolean isOfJdk(ImageReader reader) {
    return reader.getClass().getModule().equals(ImageIO.class.getModule());
  }
}

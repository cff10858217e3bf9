package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Digests;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Images of one size, in a fixed order, with labels or known factors where there are any.
 *
 * <p>Pixels are unsigned bytes, on the heap or in a mapped file, channel after channel and row
 * after row; they are scaled to [0, 1] (a byte divided by 255) only when read. Immutable and safe
 * for use by several threads; {@link #limit}, {@link #slice} and {@link #subset} are views that
 * share the pixels.
 */
public final class ImageExamples implements Examples {
  private static final float[] SCALED = scaled();

  private final String name;
  private final Shape shape;
  private final Pixels pixels;
  private final Selection selection;
  private final @Nullable Labels labels;
  private final @Nullable Factors factors;
  private @Nullable String sha256;

  private ImageExamples(
      String name,
      Shape shape,
      Pixels pixels,
      Selection selection,
      @Nullable Labels labels,
      @Nullable Factors factors) {
    this.name = name;
    this.shape = shape;
    this.pixels = pixels;
    this.selection = selection;
    this.labels = labels;
    this.factors = factors;
  }

  /**
   * Images that lie one after the other in an array.
   *
   * @param name what people call it
   * @param imageShape [channels, height, width]
   * @param pixels the images' bytes, unsigned; the array is not copied
   * @throws VaeException if the shape has not three axes, or the array does not hold a whole number
   *     of images, at least one
   */
  public static ImageExamples of(String name, Shape imageShape, byte[] pixels) {
    int imageSize = imageShape.size();
    if (pixels.length == 0 || pixels.length % imageSize != 0) {
      throw new DataException(String.format(
          Locale.ROOT,
          "data set '%s': %d bytes are not a whole number of images of shape %s (%d bytes each)",
          name,
          pixels.length,
          imageShape,
          imageSize));
    }
    return of(name, imageShape, Pixels.of(imageSize, pixels));
  }

  public static ImageExamples of(String name, Shape imageShape, Pixels pixels) {
    if (imageShape.rank() != 3) {
      throw new DataException("data set '" + name
          + "': images have shape [channels, height, width], not " + imageShape);
    }
    Selection all = new Selection.All(pixels.count());
    return new ImageExamples(name, imageShape, pixels, all, null, null);
  }

  /**
   * Returns the shape of examples that are images.
   *
   * @param examples of any kind
   * @param purpose what needs images, such as {@code a picture}
   * @return [channels, height, width]
   * @throws VaeException if they are none; the message says what needs them
   */
  public static Shape requireShape(Examples examples, String purpose) {
    if (examples.shape().rank() != 3) {
      throw new DataException(purpose + " needs images of [channels, height, width], but data set "
          + Quote.of(examples.name()) + " has examples of " + examples.shape());
    }
    return examples.shape();
  }

  /**
   * Returns these images with labels.
   *
   * @param newLabels the class of each image, from 0; copied
   * @param classNames the name of each class, or an empty list if they have none
   * @throws VaeException if there are not as many labels as images, or a label has no class
   */
  public ImageExamples withLabels(int[] newLabels, List<String> classNames) {
    return withLabels(Labels.of(Labels.NAME, newLabels, classNames));
  }

  /**
   * Returns these images with labels.
   *
   * @throws VaeException if there are not as many labels as images
   */
  public ImageExamples withLabels(Labels newLabels) {
    KnownConditions.requireSize(this, newLabels);
    return new ImageExamples(name, shape, pixels, selection, newLabels, factors);
  }

  /**
   * Returns these images with known factors.
   *
   * @throws VaeException if there are not as many rows as images
   */
  public ImageExamples withFactors(Factors newFactors) {
    newFactors.requireCount(this);
    return new ImageExamples(name, shape, pixels, selection, labels, newFactors);
  }

  /** Returns these images under another name. */
  public ImageExamples named(String newName) {
    return new ImageExamples(newName, shape, pixels, selection, labels, factors);
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the shape of one image, [channels, height, width]. */
  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public ElementKind elements() {
    return ElementKind.BYTES;
  }

  /** Returns the number of images, at least 1. */
  @Override
  public int size() {
    return selection.size();
  }

  @Override
  public List<Condition> conditions() {
    return labels == null ? List.of() : List.of(labels);
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.ofNullable(factors);
  }

  @Override
  public ImageExamples select(Selection chosen) {
    return new ImageExamples(
        name,
        shape,
        pixels,
        selection.then(chosen),
        labels == null ? null : labels.select(chosen),
        factors == null ? null : factors.select(chosen));
  }

  @Override
  public ImageExamples limit(int count) {
    return (ImageExamples) Examples.super.limit(count);
  }

  @Override
  public ImageExamples slice(int begin, int end) {
    return (ImageExamples) Examples.super.slice(begin, end);
  }

  @Override
  public ImageExamples subset(int... indices) {
    return (ImageExamples) Examples.super.subset(indices);
  }

  /** Reads one image, scaled to [0, 1]. */
  @Override
  public void read(int index, float[] target, int offset) {
    byte[] bytes = new byte[pixels.imageSize()];
    readBytes(index, bytes, 0);
    for (int i = 0; i < bytes.length; i++) {
      target[offset + i] = SCALED[bytes[i] & 0xFF];
    }
  }

  /**
   * Reads the bytes of one image, unsigned, as they are.
   *
   * @param index which image
   * @param target receives channels × height × width bytes
   * @param offset where in the target the image begins
   */
  public void readBytes(int index, byte[] target, int offset) {
    pixels.copy(stored(index), target, offset);
  }

  private int stored(int index) {
    return selection.stored(Objects.checkIndex(index, selection.size()));
  }

  /**
   * The fingerprint of the images, for provenance: SHA-256, in hexadecimal, of the ASCII line
   * {@code "[C, H, W] x N\n"} and the bytes of all images in order. Name, labels and factors do not
   * count. Computed at the first call, then kept.
   */
  @Override
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = fingerprint();
    }
    return sha256;
  }

  private String fingerprint() {
    MessageDigest digest = Digests.of(Digests.SHA_256);
    digest.update((shape + " x " + size() + "\n").getBytes(StandardCharsets.US_ASCII));
    byte[] image = new byte[pixels.imageSize()];
    for (int i = 0; i < size(); i++) {
      readBytes(i, image, 0);
      digest.update(image);
    }
    return Digests.hex(digest);
  }

  private static float[] scaled() {
    float[] table = new float[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = i / 255f;
    }
    return table;
  }

  /** Returns a line as {@code mnist: 60000 images of [1, 28, 28]}. */
  @Override
  public String toString() {
    return name + ": " + size() + " images of " + shape;
  }
}

package io.github.jvae.data;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Images of one size, in a fixed order, with labels or known factors where there are any.
 *
 * <p>Pixels are unsigned bytes, on the heap or in a mapped file, channel after channel and row
 * after row; they are scaled to [0, 1] (a byte divided by 255) only when read. Immutable and safe
 * for use by several threads; {@link #limit}, {@link #slice} and {@link #subset} are views that
 * share the pixels.
 */
public final class Dataset {
  private static final float[] SCALED = scaled();

  private final String name;
  private final Shape imageShape;
  private final Pixels pixels;
  private final Selection selection;
  private final int[] labels;
  private final List<String> classNames;
  private final @Nullable Factors factors;
  private @Nullable String sha256;

  private Dataset(
      String name,
      Shape imageShape,
      Pixels pixels,
      Selection selection,
      int[] labels,
      List<String> classNames,
      @Nullable Factors factors) {
    this.name = name;
    this.imageShape = imageShape;
    this.pixels = pixels;
    this.selection = selection;
    this.labels = labels;
    this.classNames = classNames;
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
  public static Dataset of(String name, Shape imageShape, byte[] pixels) {
    int imageSize = imageShape.size();
    if (pixels.length == 0 || pixels.length % imageSize != 0) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "data set '%s': %d bytes are not a whole number of images of shape %s (%d bytes each)",
          name,
          pixels.length,
          imageShape,
          imageSize));
    }
    return of(name, imageShape, Pixels.of(imageSize, pixels));
  }

  static Dataset of(String name, Shape imageShape, Pixels pixels) {
    if (imageShape.rank() != 3) {
      throw new VaeException("data set '" + name
          + "': images have shape [channels, height, width], not " + imageShape);
    }
    Selection all = new Selection.All(pixels.count());
    return new Dataset(name, imageShape, pixels, all, new int[0], List.of(), null);
  }

  /**
   * These images with labels.
   *
   * @param newLabels the class of each image, from 0; copied
   * @param newClassNames the name of each class, or an empty list if they have none
   * @throws VaeException if there are not as many labels as images, or a label has no class
   */
  public Dataset withLabels(int[] newLabels, List<String> newClassNames) {
    if (newLabels.length != size()) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "data set '%s' has %d images but %d labels; there must be one each",
          name,
          size(),
          newLabels.length));
    }
    for (int i = 0; i < newLabels.length; i++) {
      if (newLabels[i] < 0 || (!newClassNames.isEmpty() && newLabels[i] >= newClassNames.size())) {
        throw new VaeException(String.format(
            Locale.ROOT,
            "data set '%s': image %d has label %d, but there are %d classes, counted from 0",
            name,
            i,
            newLabels[i],
            newClassNames.size()));
      }
    }
    int[] stored = new int[pixels.count()];
    for (int i = 0; i < newLabels.length; i++) {
      stored[selection.stored(i)] = newLabels[i];
    }
    return new Dataset(
        name, imageShape, pixels, selection, stored, List.copyOf(newClassNames), factors);
  }

  /**
   * These images with known factors.
   *
   * @throws VaeException if this is a view, or there are not as many rows as images
   */
  public Dataset withFactors(Factors newFactors) {
    if (newFactors.count() != size() || size() != pixels.count()) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "data set '%s' has %d images but factors for %d; give them to the whole data set",
          name,
          size(),
          newFactors.count()));
    }
    return new Dataset(name, imageShape, pixels, selection, labels, classNames, newFactors);
  }

  /** These images under another name. */
  public Dataset named(String newName) {
    return new Dataset(newName, imageShape, pixels, selection, labels, classNames, factors);
  }

  /** What people call it. */
  public String name() {
    return name;
  }

  /** The shape of one image: [channels, height, width]. */
  public Shape imageShape() {
    return imageShape;
  }

  /**
   * Checks that a model can take the images.
   *
   * @param wanted the shape that it takes
   * @throws VaeException if theirs is another
   */
  public void requireImageShape(Shape wanted) {
    if (!imageShape.equals(wanted)) {
      throw new VaeException(
          "data set " + name + " has images of " + imageShape + ", but the model takes " + wanted);
    }
  }

  /** The number of images, at least 1. */
  public int size() {
    return selection.size();
  }

  /** Whether every image has a label. */
  public boolean hasLabels() {
    return labels.length > 0;
  }

  /**
   * The class of an image, counted from 0.
   *
   * @throws VaeException if there are no labels
   */
  public int label(int index) {
    if (!hasLabels()) {
      throw new VaeException("data set '" + name + "' has no labels");
    }
    return labels[stored(index)];
  }

  /** The name of each class; empty if they have none. */
  public List<String> classNames() {
    return classNames;
  }

  /** What is known of how each image came about, in the order of this data set. */
  public Optional<Factors> factors() {
    return Optional.ofNullable(factors).map(all -> all.rows(storedIndices()));
  }

  private int[] storedIndices() {
    return IntStream.range(0, size()).map(selection::stored).toArray();
  }

  /**
   * A view of the first images.
   *
   * @param count at least 1; more than there are means all
   * @throws VaeException if the count is below 1
   */
  public Dataset limit(int count) {
    if (count < 1) {
      throw new VaeException(
          "data set '" + name + "' cannot be limited to " + count + " images; keep at least 1");
    }
    return count >= size() ? this : slice(0, count);
  }

  /**
   * A view of images {@code begin} (included) to {@code end} (not included).
   *
   * @throws VaeException if there are no such images, or none
   */
  public Dataset slice(int begin, int end) {
    if (begin < 0 || end > size() || begin >= end) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "images %d to %d do not exist in data set '%s' of %d",
          begin,
          end,
          name,
          size()));
    }
    return select(selection.slice(begin, end));
  }

  /**
   * A view of some images, in the order given; an image may come twice.
   *
   * @throws VaeException if an image does not exist, or none is named
   */
  public Dataset subset(int... indices) {
    if (indices.length == 0) {
      throw new VaeException("a subset of data set '" + name + "' needs at least one image");
    }
    int[] picked = new int[indices.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = stored(indices[i]);
    }
    return select(new Selection.Picked(picked));
  }

  /** A view of the last one of every so many images. */
  Dataset every(int count) {
    return select(new Selection.EveryNth(selection, count));
  }

  /** A view of all images but the last one of every so many. */
  Dataset withoutEvery(int count) {
    return select(new Selection.AllButEveryNth(selection, count));
  }

  private Dataset select(Selection chosen) {
    return new Dataset(name, imageShape, pixels, chosen, labels, classNames, factors);
  }

  /**
   * Reads one image, scaled to [0, 1].
   *
   * @param index which image
   * @param target receives channels × height × width numbers
   * @param offset where in the target the image begins
   */
  public void read(int index, float[] target, int offset) {
    readScaled(stored(index), new byte[pixels.imageSize()], target, offset);
  }

  /**
   * Reads several images, scaled to [0, 1], one after the other.
   *
   * @param indices which images
   * @param target receives indices × channels × height × width numbers
   * @param offset where in the target the first image begins
   */
  public void read(int[] indices, float[] target, int offset) {
    byte[] scratch = new byte[pixels.imageSize()];
    int position = offset;
    for (int index : indices) {
      readScaled(stored(index), scratch, target, position);
      position += scratch.length;
    }
  }

  /**
   * Some images as a tensor.
   *
   * @param indices which images, at least one
   * @return shape [indices, channels, height, width], scaled to [0, 1]
   */
  public HostTensor images(int... indices) {
    Shape shape = imageShape.prepend(indices.length);
    float[] data = new float[shape.size()];
    read(indices, data, 0);
    return HostTensor.of(shape, data);
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

  private void readScaled(int stored, byte[] scratch, float[] target, int offset) {
    pixels.copy(stored, scratch, 0);
    for (int i = 0; i < scratch.length; i++) {
      target[offset + i] = SCALED[scratch[i] & 0xFF];
    }
  }

  private int stored(int index) {
    return selection.stored(Objects.checkIndex(index, selection.size()));
  }

  /**
   * The fingerprint of the images, for provenance: SHA-256, in hexadecimal, of the ASCII line
   * {@code "[C, H, W] x N\n"} and the bytes of all images in order. Name, labels and factors do not
   * count. Computed at the first call, then kept.
   */
  public synchronized String sha256() {
    if (sha256 == null) {
      sha256 = fingerprint();
    }
    return sha256;
  }

  private String fingerprint() {
    MessageDigest digest = Digests.of(Digests.SHA_256);
    digest.update((imageShape + " x " + size() + "\n").getBytes(StandardCharsets.US_ASCII));
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

  /** As in {@code mnist: 60000 images of [1, 28, 28]}. */
  @Override
  public String toString() {
    return name + ": " + size() + " images of " + imageShape;
  }
}

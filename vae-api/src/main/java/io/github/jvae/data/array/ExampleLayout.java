package io.github.jvae.data.array;

import io.github.jvae.data.Numbers;
import io.github.jvae.data.Pixels;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How the examples of an array lie in it: which axis counts them, and in which order a model wants
 * the others.
 */
final class ExampleLayout {
  /** Their bytes are counted by an int, and no model takes examples of so many. */
  private static final int MOST = 1 << 27;

  private final StoredArray array;
  private final int count;
  private final long stride;
  private final Shape shape;

  /** Where in an example each number lies that a model wants; null if where it wants it. */
  private final long @Nullable [] places;

  /** Whether an example lies in one piece. */
  private final boolean whole;

  /**
   * @param examples the axis that counts the examples
   * @param axes the others, in the order in which a model wants them
   * @param shape of an example, of as many numbers as those axes have
   */
  private ExampleLayout(StoredArray array, int examples, int[] axes, Shape shape) {
    ArrayHeader header = array.header();
    this.array = array;
    this.count = header.extent(examples);
    this.stride = header.stride(examples);
    this.shape = shape;
    long[] wanted = places(header, axes, shape.size());
    long last = LongStream.of(wanted).max().orElse(0);
    this.whole = last + 1 == wanted.length;
    this.places = isRising(wanted) ? null : wanted;
  }

  /**
   * Returns the layout of examples.
   *
   * @param array that holds them
   * @param examples the axis that counts them
   * @param axes the others, in the order in which a model wants them
   * @param flat the axes before those that the shape of an example has, such as one channel
   * @throws VaeException if an example has more numbers than are believed in
   */
  static ExampleLayout of(StoredArray array, int examples, int[] axes, int... flat) {
    ArrayHeader header = array.header();
    int[] extents = new int[flat.length + axes.length];
    System.arraycopy(flat, 0, extents, 0, flat.length);
    long size = 1;
    for (int i = 0; i < axes.length; i++) {
      extents[flat.length + i] = header.extent(axes[i]);
      size *= header.extent(axes[i]);
    }
    if (size > MOST) {
      throw FileFault.of(
          header.place(),
          "holds " + header + ", hence examples of " + size + " numbers, beyond the limit of 2^27",
          "check which axis counts the examples (the option examples), or cut them into pieces");
    }
    return new ExampleLayout(array, examples, axes, Shape.of(extents));
  }

  private static long[] places(ArrayHeader header, int[] axes, int size) {
    long[] places = new long[size];
    int inner = size;
    for (int axis : axes) {
      int extent = header.extent(axis);
      inner /= extent;
      for (int i = 0; i < size; i++) {
        places[i] += i / inner % extent * header.stride(axis);
      }
    }
    return places;
  }

  private static boolean isRising(long[] places) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Returns the shape of an example. */
  Shape shape() {
    return shape;
  }

  /** Returns the number of examples. */
  int count() {
    return count;
  }

  /** Returns whether the numbers of an example lie apart, so that each is read on its own. */
  boolean isScattered() {
    return !whole;
  }

  /** Returns the bytes of images. */
  Pixels pixels() {
    return new ImagePixels();
  }

  /**
   * Returns the numbers.
   *
   * @param scale what each is divided by
   */
  Numbers numbers(float scale) {
    return new ExampleNumbers(scale);
  }

  private final class ImagePixels implements Pixels {
    @Override
    public int count() {
      return count;
    }

    @Override
    public int imageSize() {
      return shape.size();
    }

    @Override
    public void copy(int image, byte[] target, int offset) {
      long first = image * stride;
      if (places == null) {
        array.bytes().get(first, target, offset, shape.size());
      } else if (whole) {
        ByteBuffer bytes = array.range(first, places.length);
        for (int i = 0; i < places.length; i++) {
          target[offset + i] = bytes.get((int) places[i]);
        }
      } else {
        for (int i = 0; i < places.length; i++) {
          array.bytes().get(first + places[i], target, offset + i, 1);
        }
      }
    }
  }

  private final class ExampleNumbers implements Numbers {
    private final float scale;

    private ExampleNumbers(float scale) {
      this.scale = scale;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void read(int example, float[] target, int offset) {
      ElementType type = array.header().stored();
      long first = example * stride;
      if (places == null) {
        type.read(array.range(first, shape.size()), target, offset, shape.size());
      } else if (whole) {
        ByteBuffer bytes = array.range(first, places.length);
        for (int i = 0; i < places.length; i++) {
          target[offset + i] = (float) type.value(bytes, (int) places[i] * type.bytes());
        }
      } else {
        for (int i = 0; i < places.length; i++) {
          target[offset + i] = (float) array.value(first + places[i]);
        }
      }
      for (int i = 0; scale != 1 && i < shape.size(); i++) {
        target[offset + i] /= scale;
      }
    }
  }
}

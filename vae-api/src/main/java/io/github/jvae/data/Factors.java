package io.github.jvae.data;

import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What is known of how each image came about, such as the position and colour of a drawn shape: the
 * truth that a learned latent may be compared with. One row of numbers per image. Immutable.
 */
public final class Factors {
  private final List<String> names;
  private final double[] values;

  private Factors(List<String> names, double[] values) {
    this.names = names;
    this.values = values;
  }

  /**
   * Factors of some images.
   *
   * @param names the name of each factor, in the order of a row
   * @param values row after row; the array is not copied
   * @throws VaeException if there is no name or the values do not fill whole rows
   */
  public static Factors of(List<String> names, double... values) {
    if (names.isEmpty() || values.length % names.size() != 0) {
      throw new VaeException(values.length + " factor values do not make rows of the "
          + names.size() + " names " + names);
    }
    return new Factors(List.copyOf(names), values);
  }

  /** The name of each factor. */
  public List<String> names() {
    return names;
  }

  /** The number of images. */
  public int count() {
    return values.length / names.size();
  }

  /** The value of a factor, by its place in {@link #names()}, for an image. */
  public double value(int image, int factor) {
    Objects.checkIndex(image, count());
    Objects.checkIndex(factor, names.size());
    return values[image * names.size() + factor];
  }

  /**
   * All values of one factor, image by image; a copy.
   *
   * @throws VaeException if there is no factor of that name
   */
  public double[] column(String name) {
    int factor = names.indexOf(name);
    if (factor < 0) {
      throw new VaeException(
          "there is no factor " + Quote.of(name) + "; the factors are " + Quote.list(names));
    }
    double[] result = new double[count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = value(i, factor);
    }
    return result;
  }

  /**
   * Writes comma-separated values: a line with the names, then a line per image.
   *
   * @throws UncheckedIOException if the target cannot be written
   */
  public void writeCsv(Appendable target) {
    try {
      target.append(String.join(",", names)).append('\n');
      for (int image = 0; image < count(); image++) {
        for (int factor = 0; factor < names.size(); factor++) {
          target.append(factor == 0 ? "" : ",").append(Double.toString(value(image, factor)));
        }
        target.append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of some images, in the order given. */
  Factors rows(int[] images) {
    double[] rows = new double[Math.multiplyExact(images.length, names.size())];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(values, images[i] * names.size(), rows, i * names.size(), names.size());
    }
    return new Factors(names, rows);
  }
}

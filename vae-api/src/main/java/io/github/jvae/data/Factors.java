package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What is known of how each example came about, such as the position and colour of a drawn shape:
 * the truth that a learned latent may be compared with. One row of numbers per example. Immutable.
 */
public final class Factors {
  private final List<String> names;
  private final double[] values;
  private final Selection selection;

  private Factors(List<String> names, double[] values, Selection selection) {
    this.names = names;
    this.values = values;
    this.selection = selection;
  }

  /**
   * Factors of some examples.
   *
   * @param names the name of each factor, in the order of a row
   * @param values row after row; the array is not copied
   * @throws VaeException if there is no name or the values do not fill whole rows
   */
  public static Factors of(List<String> names, double... values) {
    if (names.isEmpty() || values.length % names.size() != 0) {
      throw new DataException(values.length + " factor values do not make rows of the "
          + names.size() + " names " + names);
    }
    return new Factors(List.copyOf(names), values, new Selection.All(values.length / names.size()));
  }

  /** The name of each factor. */
  public List<String> names() {
    return names;
  }

  /** The number of examples. */
  public int count() {
    return selection.size();
  }

  /** The value of a factor, by its place in {@link #names()}, for an example. */
  public double value(int example, int factor) {
    Objects.checkIndex(example, count());
    Objects.checkIndex(factor, names.size());
    return values[selection.stored(example) * names.size() + factor];
  }

  /**
   * All values of one factor, example by example; a copy.
   *
   * @throws VaeException if there is no factor of that name
   */
  public double[] column(String name) {
    int factor = names.indexOf(name);
    if (factor < 0) {
      throw new DataException(
          "there is no factor " + Quote.of(name) + "; the factors are " + Quote.list(names));
    }
    double[] result = new double[count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = value(i, factor);
    }
    return result;
  }

  /**
   * Writes comma-separated values: a line with the names, then a line per example.
   *
   * @throws UncheckedIOException if the target cannot be written
   */
  public void writeCsv(Appendable target) {
    try {
      target.append(String.join(",", names)).append('\n');
      for (int example = 0; example < count(); example++) {
        for (int factor = 0; factor < names.size(); factor++) {
          target.append(factor == 0 ? "" : ",").append(Double.toString(value(example, factor)));
        }
        target.append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that there is a row for each example.
   *
   * @throws VaeException if there is not
   */
  void requireCount(Examples examples) {
    if (count() != examples.size()) {
      throw new DataException("data set " + Quote.of(examples.name()) + " has " + examples.size()
          + " examples but factors of " + count() + "; there must be a row each");
    }
  }

  /** Returns the rows of some examples. */
  Factors select(Selection chosen) {
    return new Factors(names, values, selection.then(chosen));
  }
}

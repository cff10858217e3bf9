package io.github.jvae.disentanglement;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.Arrays;

/**
 * One thing that is known of how each example came about: a number or a category. Immutable.
 *
 * <p>Categories have no order; a measure that needs numbers is given an indicator of each.
 */
public final class KnownFactor {
  private final String name;
  private final boolean categorical;
  private final double[] values;
  private final int categories;

  private KnownFactor(String name, boolean categorical, double[] values, int categories) {
    this.name = name;
    this.categorical = categorical;
    this.values = values;
    this.categories = categories;
  }

  /**
   * Returns a factor whose values are measured.
   *
   * @param values one for each example; copied
   * @throws VaeException if there is none, or one is not finite
   */
  public static KnownFactor numeric(String name, double... values) {
    requireFinite(name, values);
    return new KnownFactor(name, false, values.clone(), 0);
  }

  /**
   * Returns a factor whose values are categories.
   *
   * @param values one for each example, of which equal numbers are one category
   * @throws VaeException if there is none, or one is not finite
   */
  public static KnownFactor categorical(String name, double... values) {
    requireFinite(name, values);
    double[] different = different(values);
    double[] places = Arrays.stream(values)
        .map(value -> Arrays.binarySearch(different, value + 0.0))
        .toArray();
    return new KnownFactor(name, true, places, different.length);
  }

  private static void requireFinite(String name, double[] values) {
    if (values.length == 0) {
      throw new DataException("factor " + Quote.of(name) + " needs at least one value");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new DataException("factor " + Quote.of(name) + ": example " + i + " has the number "
            + values[i] + ", which is not finite");
      }
    }
  }

  /** Returns the different values in rising order; 0 and -0 are one. */
  private static double[] different(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.0).sorted().distinct().toArray();
  }

  /** Returns what it is called. */
  public String name() {
    return name;
  }

  /** Returns whether its values are categories. */
  public boolean isCategorical() {
    return categorical;
  }

  /** Returns how many categories there are; 0 of a numeric factor. */
  public int categories() {
    return categories;
  }

  /** Returns how many examples it is known of. */
  public int count() {
    return values.length;
  }

  /** Returns the value of an example; of a category its number, from 0. */
  double value(int example) {
    return values[example];
  }

  /** Returns whether two examples differ in it. */
  boolean varies() {
    return varies(0, values.length);
  }

  /** Returns whether two of the examples from one (included) to another (not included) differ. */
  boolean varies(int begin, int end) {
    for (int i = begin + 1; i < end; i++) {
      if (values[i] != values[begin]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the level of each example, from 0: its category, the place of its number among the
   * different ones if these are no more than the bins, or else its bin of equal width.
   */
  int[] levels(int bins) {
    double[] different = different(values);
    return categorical || different.length <= bins
        ? Arrays.stream(values)
            .mapToInt(value -> Arrays.binarySearch(different, value + 0.0))
            .toArray()
        : Bins.of(values, bins);
  }

  /** Returns the factor of some examples; one may come several times. */
  KnownFactor select(int[] examples) {
    double[] chosen = Arrays.stream(examples).mapToDouble(i -> values[i]).toArray();
    return new KnownFactor(name, categorical, chosen, categories);
  }

  /** Returns whether this and another part the examples alike, so that each tells the other. */
  boolean partsLike(KnownFactor other) {
    return coarsens(other) && other.coarsens(this);
  }

  /** Returns whether examples that are alike in the other are alike in this. */
  private boolean coarsens(KnownFactor other) {
    double[] different = different(other.values);
    double[] told = new double[different.length];
    Arrays.fill(told, Double.NaN);
    for (int i = 0; i < values.length; i++) {
      int place = Arrays.binarySearch(different, other.values[i] + 0.0);
      if (!Double.isNaN(told[place]) && told[place] != values[i]) {
        return false;
      }
      told[place] = values[i];
    }
    return true;
  }

  /** Returns words such as {@code shape (4 categories)}. */
  @Override
  public String toString() {
    return Quote.bare(name) + (categorical ? " (" + categories + " categories)" : "");
  }
}

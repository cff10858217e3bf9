package io.github.jvae.disentanglement;

import io.github.jvae.data.Condition;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.Labels;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The factors of a data set that codes can be compared with.
 *
 * @param list each of at least two values
 * @param notes what was left out and why, a sentence each
 */
public record KnownFactors(List<KnownFactor> list, List<String> notes) {
  /** More are not kinds of a thing, but a number of each example. */
  static final int MOST_CATEGORIES = 256;

  /** Keeps copies. */
  public KnownFactors {
    list = List.copyOf(list);
    notes = List.copyOf(notes);
  }

  /**
   * Returns what is known beside examples: their factors, which are numbers unless they are said to
   * be categories; conditions that count classes, as categories; and measured conditions, as
   * numbers. A label that says the same as a factor makes that one categorical, and is left out. So
   * is a factor of one value, or of more than 256 categories.
   *
   * @param categorical the names of factors that are categories although they are numbers
   * @throws VaeException if nothing is left, or a name is unknown
   */
  public static KnownFactors of(Examples examples, Set<String> categorical) {
    List<KnownFactor> all = new ArrayList<>();
    examples.factors().ifPresent(factors -> addAll(factors, all));
    List<String> notes = new ArrayList<>();
    for (Condition condition : examples.conditions()) {
      if (condition instanceof Labels labels) {
        add(labels, all, notes);
      } else if (condition instanceof Covariates numbers) {
        addAll(numbers, all);
      }
    }
    if (all.isEmpty()) {
      throw new DataException("data set " + Quote.of(examples.name()) + " has no known factors and"
          + " no labels to compare latent dimensions with; name one that has, such as 'shapes', or"
          + " labels of these data");
    }
    requireKnown(categorical, all);
    all.replaceAll(factor -> categorical.contains(factor.name()) ? asCategories(factor) : factor);
    List<KnownFactor> kept =
        all.stream().filter(factor -> isKept(factor, notes)).toList();
    if (kept.isEmpty()) {
      throw new DataException("data set " + Quote.of(examples.name()) + " has no factor to compare"
          + " latent dimensions with: " + String.join("; ", notes));
    }
    return new KnownFactors(kept, notes);
  }

  private static void addAll(Factors factors, List<KnownFactor> all) {
    for (int factor = 0; factor < factors.names().size(); factor++) {
      double[] values = new double[factors.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = factors.value(i, factor);
      }
      all.add(KnownFactor.numeric(factors.names().get(factor), values));
    }
  }

  private static void addAll(Covariates numbers, List<KnownFactor> all) {
    int each = numbers.shape().size();
    double[][] values = new double[each][numbers.size()];
    float[] row = new float[each];
    for (int i = 0; i < numbers.size(); i++) {
      numbers.read(i, row, 0);
      for (int column = 0; column < each; column++) {
        values[column][i] = row[column];
      }
    }
    for (int column = 0; column < each; column++) {
      all.add(KnownFactor.numeric(
          each == 1 ? numbers.name() : numbers.name() + "_" + column, values[column]));
    }
  }

  private static void add(Labels labels, List<KnownFactor> all, List<String> notes) {
    double[] values = new double[labels.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = labels.label(i);
    }
    KnownFactor classes = KnownFactor.categorical(labels.name(), values);
    Optional<KnownFactor> same = all.stream()
        .filter(factor -> factor.varies() && factor.partsLike(classes))
        .findFirst();
    if (same.isEmpty()) {
      all.add(classes);
      return;
    }
    all.set(all.indexOf(same.get()), asCategories(same.get()));
    notes.add(Quote.bare(labels.name()) + " is left out: it says the same as "
        + Quote.bare(same.get().name()));
  }

  private static KnownFactor asCategories(KnownFactor factor) {
    double[] values = new double[factor.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = factor.value(i);
    }
    return KnownFactor.categorical(factor.name(), values);
  }

  private static void requireKnown(Set<String> names, List<KnownFactor> all) {
    Set<String> unknown = new TreeSet<>(names);
    all.forEach(factor -> unknown.remove(factor.name()));
    if (!unknown.isEmpty()) {
      throw new DataException("there is no factor " + Quote.list(unknown) + "; the factors are "
          + Quote.list(all.stream().map(KnownFactor::name).toList()));
    }
  }

  private static boolean isKept(KnownFactor factor, List<String> notes) {
    if (!factor.varies()) {
      notes.add(Quote.bare(factor.name()) + " is left out: it has the same value in all examples");
      return false;
    }
    if (factor.categories() > MOST_CATEGORIES) {
      notes.add(Quote.bare(factor.name()) + " is left out: it has " + factor.categories()
          + " categories, more than " + MOST_CATEGORIES);
      return false;
    }
    return true;
  }
}

package io.github.jvae.data.array;

import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Labels;
import io.github.jvae.internal.file.FileChecks;
import io.github.jvae.internal.file.FileFault;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What an array says beside the examples of another one: the class of each, where it has one whole
 * number for each and they are few, or a row of one 1 among zeros; known factors otherwise.
 */
final class LabelArray {
  /** More classes than any data set tells apart; as many different numbers are measurements. */
  private static final int MOST_CLASSES = 1 << 16;

  private final String name;
  private final StoredArray array;
  private final int count;
  private final int columns;
  private final boolean rowsFirst;

  private LabelArray(String name, StoredArray array, int count, boolean rowsFirst) {
    this.name = name;
    this.array = array;
    this.count = count;
    this.columns = Math.toIntExact(array.header().count() / count);
    this.rowsFirst = rowsFirst;
  }

  /**
   * Returns what an array says beside examples.
   *
   * @param examples that it is beside
   * @param from where they were read, for the message
   * @throws io.github.jvae.error.VaeException if it is not of as many
   */
  static LabelArray of(NamedArray named, Examples examples, ArrayHeader from) {
    StoredArray array = named.read();
    ArrayHeader header = array.header();
    int count = examples.size();
    int last = header.rank() - 1;
    boolean fits = header.rank() > 0 && header.rank() < 3;
    boolean rowsFirst = fits && header.extent(0) == count;
    if (!rowsFirst && !(fits && header.extent(last) == count)) {
      throw FileFault.of(
          from.place(),
          "has " + count + " examples (" + from + "), but the labels " + named
              + " are not of as many",
          "name the right arrays with --array and --label, or the axis that counts with --examples");
    }
    if (header.count() > Integer.MAX_VALUE) {
      throw FileFault.of(
          header.place(),
          "has 2^31 numbers or more, too many for labels",
          "name others with --label");
    }
    FileChecks.requireHeap(header.place(), header.count() * Double.BYTES);
    array.requireFinite();
    return new LabelArray(named.name(), array, count, rowsFirst);
  }

  private double value(int example, int column) {
    ArrayHeader header = array.header();
    int rows = rowsFirst ? 0 : header.rank() - 1;
    long across = header.rank() == 1 ? 0 : column * header.stride(1 - rows);
    return array.value(example * header.stride(rows) + across);
  }

  /**
   * Returns the different classes of all parts, in rising order; none if their numbers are not
   * classes.
   */
  static List<Double> classes(List<LabelArray> parts) {
    TreeSet<Double> classes = new TreeSet<>();
    for (LabelArray part : parts) {
      for (int i = 0; i < part.count; i++) {
        double label = part.label(i);
        classes.add(label);
        if (label != Math.rint(label) || classes.size() > MOST_CLASSES) {
          return List.of();
        }
      }
    }
    return List.copyOf(classes);
  }

  /**
   * Returns the number of an example, or of the column that has its only 1; NaN if there is none.
   */
  private double label(int example) {
    if (columns == 1) {
      return value(example, 0);
    }
    double label = Double.NaN;
    for (int column = 0; column < columns; column++) {
      double value = value(example, column);
      if (value != 0 && (value != 1 || !Double.isNaN(label))) {
        return Double.NaN;
      }
      label = value == 1 ? column : label;
    }
    return label;
  }

  /**
   * Returns examples with what this says.
   *
   * @param classes of all parts; none where it says factors
   */
  Examples beside(Examples examples, List<Double> classes) {
    if (classes.isEmpty()) {
      Factors factors = factors();
      return examples instanceof ImageExamples images
          ? images.withFactors(factors)
          : ((ArrayExamples) examples).withFactors(factors);
    }
    Labels labels = labels(classes);
    return examples instanceof ImageExamples images
        ? images.withLabels(labels)
        : ((ArrayExamples) examples).with(labels);
  }

  private Labels labels(List<Double> classes) {
    double most = classes.get(classes.size() - 1);
    // Numbered from 0, or by names that happen to be numbers: SVHN's are from 1 to 10.
    boolean counted = columns > 1 || (classes.get(0) == 0 && most < 2 * classes.size());
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      double label = label(i);
      labels[i] = counted ? (int) label : Collections.binarySearch(classes, label);
    }
    return counted
        ? Labels.of(Labels.NAME, labels, Math.max((int) most + 1, columns))
        : Labels.of(Labels.NAME, labels, classes.stream().map(LabelArray::text).toList());
  }

  private static String text(double value) {
    return Long.toString((long) value);
  }

  private Factors factors() {
    double[] values = new double[count * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i / columns, i % columns);
    }
    return Factors.of(
        columns == 1
            ? List.of(name)
            : IntStream.range(0, columns)
                .mapToObj(column -> name + "_" + column)
                .toList(),
        values);
  }
}

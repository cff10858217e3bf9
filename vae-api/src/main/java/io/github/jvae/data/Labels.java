package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The class of each example, which a model is given as a one-hot vector: 1 at the place of the
 * class, 0 elsewhere. Immutable.
 */
public final class Labels implements Condition {
  /** The name of the condition that readers of labelled data give. */
  public static final String NAME = "label";

  private final String name;
  private final int[] labels;
  private final Selection selection;
  private final int classes;
  private final List<String> classNames;

  private Labels(
      String name, int[] labels, Selection selection, int classes, List<String> classNames) {
    this.name = name;
    this.labels = labels;
    this.selection = selection;
    this.classes = classes;
    this.classNames = classNames;
  }

  /**
   * Returns labels of classes that have names.
   *
   * @param name of the condition
   * @param labels the class of each example, counted from 0; copied
   * @param classNames the name of each class, or an empty list for as many nameless ones as occur
   * @throws VaeException if there is no label, or one has no class
   */
  public static Labels of(String name, int[] labels, List<String> classNames) {
    int most = Arrays.stream(labels).max().orElse(-1) + 1;
    return of(name, labels, classNames.isEmpty() ? Math.max(1, most) : classNames.size())
        .named(classNames);
  }

  /**
   * Returns labels of nameless classes.
   *
   * @param name of the condition
   * @param labels the class of each example, counted from 0; copied
   * @param classes how many there are
   * @throws VaeException if there is no label, or one has no class
   */
  public static Labels of(String name, int[] labels, int classes) {
    if (labels.length == 0) {
      throw new DataException("condition " + Quote.of(name) + " needs at least one label");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new DataException(String.format(
            Locale.ROOT,
            "condition %s: example %d has label %d, but there are %d classes, counted from 0",
            Quote.of(name),
            i,
            labels[i],
            classes));
      }
    }
    return new Labels(name, labels.clone(), new Selection.All(labels.length), classes, List.of());
  }

  private Labels named(List<String> names) {
    return new Labels(name, labels, selection, classes, List.copyOf(names));
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the number of classes. */
  public int classes() {
    return classes;
  }

  /** Returns the name of each class; empty if they have none. */
  public List<String> classNames() {
    return classNames;
  }

  /** Returns the name of a class, counted from 0; its number if it has none. */
  public String className(int number) {
    return classNames.isEmpty() ? Integer.toString(number) : classNames.get(number);
  }

  /** Returns how many examples are of each class. */
  public int[] counts() {
    int[] counts = new int[classes];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /** Returns the shape of a one-hot vector, [classes]. */
  @Override
  public Shape shape() {
    return Shape.of(classes);
  }

  @Override
  public int size() {
    return selection.size();
  }

  /** Returns the class of an example, counted from 0. */
  public int label(int index) {
    return labels[selection.stored(Objects.checkIndex(index, size()))];
  }

  @Override
  public void read(int index, float[] target, int offset) {
    Arrays.fill(target, offset, offset + classes, 0);
    target[offset + label(index)] = 1;
  }

  @Override
  public Labels select(Selection chosen) {
    return new Labels(name, labels, selection.then(chosen), classes, classNames);
  }

  /**
   * Returns one-hot vectors of classes, [count, classes]: what a conditional model draws with.
   *
   * @param names of classes, or their numbers
   * @throws VaeException if there is no such class; the message lists those there are
   */
  public HostTensor oneHot(String... names) {
    HostTensor result = HostTensor.zeros(Shape.of(names.length, classes));
    for (int i = 0; i < names.length; i++) {
      result.data()[i * classes + number(names[i])] = 1;
    }
    return result;
  }

  /**
   * Returns a class by its name or, where no class is named so, by its number.
   *
   * @throws VaeException if there is no such class; the message lists those there are
   */
  public int number(String className) {
    int named = classNames.indexOf(className);
    if (named >= 0) {
      return named;
    }
    for (int i = 0; i < classes; i++) {
      if (Integer.toString(i).equals(className)) {
        return i;
      }
    }
    throw new DataException("condition " + Quote.of(name) + " has no class " + Quote.of(className)
        + "; the classes are "
        + (classNames.isEmpty() ? "0 to " + (classes - 1) : Quote.list(classNames)));
  }
}

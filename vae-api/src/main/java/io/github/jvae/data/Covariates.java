package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.util.Locale;
import java.util.Objects;

/** Measured numbers beside each example, such as an age or a pose, as a condition. Immutable. */
public final class Covariates implements Condition {
  private final String name;
  private final Shape shape;
  private final float[] values;
  private final Selection selection;

  private Covariates(String name, Shape shape, float[] values, Selection selection) {
    this.name = name;
    this.shape = shape;
    this.values = values;
    this.selection = selection;
  }

  /**
   * Returns a condition of numbers.
   *
   * @param name of the condition
   * @param shape of what goes with one example
   * @param values of all examples one after the other; not copied
   * @throws VaeException if they are not whole examples' or one of them is not finite
   */
  public static Covariates of(String name, Shape shape, float[] values) {
    if (values.length == 0 || values.length % shape.size() != 0) {
      throw new DataException(String.format(
          Locale.ROOT,
          "condition %s: %d numbers do not make whole rows of shape %s",
          Quote.of(name),
          values.length,
          shape));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DataException("condition " + Quote.of(name) + ": example " + i / shape.size()
            + " has the number " + values[i] + ", which is not finite");
      }
    }
    return new Covariates(name, shape, values, new Selection.All(values.length / shape.size()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int size() {
    return selection.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    int stored = selection.stored(Objects.checkIndex(index, size()));
    System.arraycopy(values, stored * shape.size(), target, offset, shape.size());
  }

  @Override
  public Covariates select(Selection chosen) {
    return new Covariates(name, shape, values, selection.then(chosen));
  }
}

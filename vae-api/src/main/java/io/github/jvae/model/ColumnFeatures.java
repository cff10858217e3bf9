package io.github.jvae.model;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network sees of a table's row: numbers as they are, or {@code log(1 + x)} of those that
 * only are so from 0 on, as counts; a place for each category, of which the row's has a 1, so that
 * a dense layer learns a vector for each; and where the model is told a mask, a 1 for each column
 * that was observed. What was not is 0.
 */
public final class ColumnFeatures {
  private final List<Integer> categorical = new ArrayList<>();
  private final Columns columns;
  private final int[] plain;
  private final int[] positive;
  private final boolean masked;

  private ColumnFeatures(Columns columns, Likelihood likelihood, boolean masked) {
    List<Integer> anyNumber = new ArrayList<>();
    List<Integer> fromZero = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      ColumnKind kind = columns.get(place).kind();
      if (kind == ColumnKind.CATEGORICAL) {
        categorical.add(place);
      } else if (kind == ColumnKind.BINARY || likelihood.takesAnyNumber(place)) {
        anyNumber.add(place);
      } else {
        fromZero.add(place);
      }
    }
    this.columns = columns;
    this.plain = array(anyNumber);
    this.positive = array(fromZero);
    this.masked = masked;
  }

  private static int[] array(List<Integer> places) {
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns the features of a table's rows.
   *
   * @param likelihood says which numbers a column may hold
   * @param masked whether the model is told which columns were observed
   */
  public static ColumnFeatures of(Columns columns, Likelihood likelihood, boolean masked) {
    return new ColumnFeatures(columns, likelihood, masked);
  }

  /** Returns the shape of a row's features. */
  public Shape shape() {
    int categories = categorical.stream()
        .map(columns::get)
        .map(Column::categories)
        .mapToInt(List::size)
        .sum();
    int indicators = masked ? columns.size() : 0;
    return Shape.of(plain.length + positive.length + categories + indicators);
  }

  /** Records the features of rows, [B, ...] of the {@link #shape}. */
  public Tensor of(Inputs in) {
    Tensor x = in.observed(in.x());
    List<Tensor> features = new ArrayList<>();
    if (plain.length > 0) {
      features.add(Places.of(x, plain));
    }
    if (positive.length > 0) {
      features.add(Places.of(x, positive).relu().log1p());
    }
    for (int place : categorical) {
      Tensor oneHot =
          Choice.at(Places.of(x, place), columns.get(place).categories().size(), 1);
      features.add(
          in.mask().map(mask -> oneHot.multiply(Places.of(mask, place))).orElse(oneHot));
    }
    if (masked) {
      features.add(in.conditions().get(Inputs.MASK));
    }
    return Places.joined(features);
  }
}

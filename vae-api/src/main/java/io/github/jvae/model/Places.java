package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Takes some places of vectors, in an order, and lays tensors one after the other. */
public final class Places {
  private Places() {}

  /**
   * Returns some places of each row, one after the other; neighbours are taken together.
   *
   * @param rows [B, N]
   * @param places each from 0 to N - 1, at least one
   * @return [B, places]
   */
  public static Tensor of(Tensor rows, int... places) {
    List<Tensor> runs = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= places.length; i++) {
      if (i == places.length || places[i] != places[i - 1] + 1) {
        runs.add(rows.slice(1, places[begin], places[i - 1] + 1));
        begin = i;
      }
    }
    return joined(runs);
  }

  /**
   * Returns the rows of some tensors side by side.
   *
   * @param parts [B, ...] each, at least one
   */
  public static Tensor joined(List<Tensor> parts) {
    return joined(1, parts);
  }

  /**
   * Returns some tensors one after the other along an axis.
   *
   * @param parts at least one, which agree in the other axes
   */
  public static Tensor joined(int axis, List<Tensor> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : parts.get(0).concat(axis, parts.subList(1, parts.size()).toArray(Tensor[]::new));
  }
}

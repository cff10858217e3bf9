package io.github.jvae.onnx.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How a whole number follows from open extents: a sum of products of them, each extent at most once
 * in a product, such as {@code 3 + 2 · batch · samples}.
 *
 * @param factors of the products, whose extents are the bits of the factor's index; the first is of
 *     the empty product
 */
record ExtentForm(List<Long> factors) {

  /** Keeps a copy. */
  ExtentForm {
    factors = List.copyOf(factors);
  }

  /**
   * Finds the form that takes some values.
   *
   * @param values for each combination of extents, whose index has a bit for each extent that is
   *     the second of its two sizes
   * @param sizes two of each extent
   * @return empty if its factors are no whole numbers
   */
  static Optional<ExtentForm> through(long[] values, long[][] sizes) {
    long[] factors = values.clone();
    for (int extent = 0; extent < sizes.length; extent++) {
      long first = sizes[extent][0];
      long step = sizes[extent][1] - first;
      for (int product = 0; product < factors.length; product++) {
        if ((product & 1 << extent) == 0) {
          int with = product | 1 << extent;
          long rise = factors[with] - factors[product];
          if (rise % step != 0) {
            return Optional.empty();
          }
          factors[with] = rise / step;
          factors[product] -= factors[with] * first;
        }
      }
    }
    return Optional.of(new ExtentForm(Arrays.stream(factors).boxed().toList()));
  }

  /** Returns the form that is one product of extents itself. */
  static ExtentForm product(int extents, int products) {
    return new ExtentForm(LongStream.range(0, products)
        .map(each -> each == extents ? 1 : 0)
        .boxed()
        .toList());
  }

  /** Returns the number for some extents. */
  long at(long... extents) {
    long sum = 0;
    for (int product = 0; product < factors.size(); product++) {
      long term = factors.get(product);
      for (int extent = 0; extent < extents.length; extent++) {
        term *= (product & 1 << extent) == 0 ? 1 : extents[extent];
      }
      sum += term;
    }
    return sum;
  }

  /** Returns whether no extent counts. */
  boolean isConstant() {
    return factors.stream().skip(1).allMatch(factor -> factor == 0);
  }
}

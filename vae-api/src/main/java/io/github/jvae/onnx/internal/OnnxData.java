package io.github.jvae.onnx.internal;

import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.List;

/** Numbers that are part of a graph. */
public sealed interface OnnxData {
  /** Single precision. */
  record Floats(HostTensor value) implements OnnxData {}

  /**
   * Whole numbers of 64 bits, as of axes and extents.
   *
   * @param isScalar whether it is a single number of rank 0, and not a vector
   * @param values in their order
   */
  record Wholes(boolean isScalar, List<Long> values) implements OnnxData {
    /** Keeps a copy of the values. */
    public Wholes {
      values = List.copyOf(values);
    }

    /** A vector. */
    public static Wholes of(int... values) {
      return new Wholes(false, Arrays.stream(values).asLongStream().boxed().toList());
    }
  }
}

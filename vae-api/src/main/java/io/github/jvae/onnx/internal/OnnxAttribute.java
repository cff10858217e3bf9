package io.github.jvae.onnx.internal;

import java.util.Arrays;
import java.util.List;

/** What a node is told beside its operands. */
public sealed interface OnnxAttribute {
  /** A whole number. */
  record Whole(long value) implements OnnxAttribute {}

  /** A number. */
  record Real(float value) implements OnnxAttribute {}

  /** A word. */
  record Text(String value) implements OnnxAttribute {}

  /** A tensor. */
  record Data(OnnxData value) implements OnnxAttribute {}

  /** Whole numbers. */
  record Wholes(List<Long> values) implements OnnxAttribute {
    /** Keeps a copy of the values. */
    public Wholes {
      values = List.copyOf(values);
    }

    /** Some of them. */
    public static Wholes of(int... values) {
      return new Wholes(Arrays.stream(values).asLongStream().boxed().toList());
    }
  }

  /**
   * Something that no operation here needs, such as a graph.
   *
   * @param kind of it, for messages
   */
  record Other(String kind) implements OnnxAttribute {}
}

package io.github.jvae.onnx.internal;

import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * An input or an output of a graph, in single precision.
 *
 * @param name that programs give and fetch it by
 * @param extents along its axes
 */
public record OnnxPort(String name, List<Extent> extents) {
  /** Keeps a copy of the extents. */
  public OnnxPort {
    extents = List.copyOf(extents);
  }

  /** One of a shape that is known. */
  public static OnnxPort of(String name, Shape shape) {
    return new OnnxPort(
        name, Arrays.stream(shape.toLongArray()).mapToObj(Extent::of).toList());
  }

  /**
   * An extent.
   *
   * @param size where it is known, else 0
   * @param symbol the name of one that is open; empty where it has none, or is known
   */
  public record Extent(long size, String symbol) {
    /** One that is known. */
    static Extent of(long size) {
      return new Extent(size, "");
    }

    /** One that is open. */
    static Extent open(String symbol) {
      return new Extent(0, symbol);
    }

    /** Returns whether it is known. */
    public boolean isKnown() {
      return size > 0;
    }
  }
}

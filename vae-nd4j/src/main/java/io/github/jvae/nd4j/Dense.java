package io.github.jvae.nd4j;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code y = x Wᵀ + b}, where x or y may be the pixels of an image with its channels last. */
final class Dense implements NetworkPlan.Step {
  private final Network.Node node;
  private final Layout weight;
  private final Layout bias;

  /**
   * @param pixelsIn the image [C, H, W] whose pixels x has in [H, W, C] order, if it does
   * @param pixelsOut the same for y
   */
  Dense(Network.Node node, @Nullable Shape pixelsIn, @Nullable Shape pixelsOut) {
    this.node = node;
    Shape in = pixelsIn == null ? node.input() : pixelsIn;
    Shape out = pixelsOut == null ? node.output() : pixelsOut;
    Shape portable = Shape.of(node.output().dimension(0), node.input().dimension(0));
    this.weight = layout(portable, out, in);
    this.bias = layout(node.output(), out, Shape.scalar());
  }

  private static Layout layout(Shape portable, Shape out, Shape in) {
    int[] view = IntStream.concat(IntStream.of(out.toArray()), IntStream.of(in.toArray()))
        .toArray();
    int[] order = IntStream.concat(order(out, 0), order(in, out.rank())).toArray();
    return Layout.of(portable, portable, Shape.of(view), order);
  }

  private static IntStream order(Shape side, int first) {
    return side.rank() == 3
        ? IntStream.of(first + 1, first + 2, first)
        : IntStream.range(first, first + side.rank());
  }

  Map<String, Layout> layouts() {
    return Map.of(node.weightName(), weight, node.biasName(), bias);
  }

  @Override
  public Value record(Nd4jTrace trace, Value x, int batch) {
    Recording recording = trace.recording();
    Value matrix = trace.parameter(node.weightName(), weight);
    return Arithmetic.record(
        recording,
        BinaryOperation.ADD,
        MatrixProduct.record(recording, x, matrix, false, true),
        trace.parameter(node.biasName(), bias));
  }
}

package io.github.jvae.nd4j;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x Wᵀ + b}, where x or y may be the pixels of an image with its channels last.
 *
 * <p>A weight with more inputs than outputs is stored as {@code Wᵀ}. Then the forward product has
 * its second factor as it lies, and oneDNN need not reorder it; that which passes the gradient on
 * has not, but a network's first layer has no such product. On the dense model of {@code vae speed}
 * it is 4 % of a training step and 16 % of encoding; where it is the other way round, as in most
 * decoders, the two products cost the same either way.
 */
final class Dense implements NetworkPlan.Step {
  private final Network.Node node;
  private final boolean inputsFirst;
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
    int inputs = node.input().dimension(0);
    int outputs = node.output().dimension(0);
    this.inputsFirst = inputs >= outputs;
    this.weight = weight(Shape.of(outputs, inputs), out, in);
    this.bias = Layout.of(node.output(), node.output(), out, order(out, 0).toArray());
  }

  private Layout weight(Shape portable, Shape out, Shape in) {
    int[] view = IntStream.concat(IntStream.of(out.toArray()), IntStream.of(in.toArray()))
        .toArray();
    IntStream outOrder = order(out, 0);
    IntStream inOrder = order(in, out.rank());
    return inputsFirst
        ? Layout.of(
            portable,
            portable.permute(1, 0),
            Shape.of(view),
            IntStream.concat(inOrder, outOrder).toArray())
        : Layout.of(
            portable,
            portable,
            Shape.of(view),
            IntStream.concat(outOrder, inOrder).toArray());
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
        MatrixProduct.record(recording, x, matrix, false, !inputsFirst),
        trace.parameter(node.biasName(), bias));
  }
}

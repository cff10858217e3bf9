package io.github.jvae.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One step of a network, as data. Shapes here are of one example, without the batch: [features] or
 * [channels, height, width].
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "layer")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Layer.Dense.class, name = "dense"),
  @JsonSubTypes.Type(value = Layer.Conv2d.class, name = "conv2d"),
  @JsonSubTypes.Type(value = Layer.TransposedConv2d.class, name = "transposed_conv2d"),
  @JsonSubTypes.Type(value = Layer.Activate.class, name = "activate"),
  @JsonSubTypes.Type(value = Layer.Flatten.class, name = "flatten"),
  @JsonSubTypes.Type(value = Layer.Unflatten.class, name = "unflatten")
})
public sealed interface Layer {

  /**
   * The shape this layer makes of another.
   *
   * @throws VaeException if it cannot take that shape; the message says why
   */
  Shape output(Shape input);

  /** A layer with a weight and a bias. */
  sealed interface Weighted extends Layer {
    /** The weight's portable shape for an input. */
    Shape weight(Shape input);

    /** The bias' extent: features or channels out. */
    int outputs();

    /** How many inputs each output sees, as PyTorch counts them for its initial weights. */
    int fanIn(Shape input);

    /** How many outputs see each input, as PyTorch counts them: strides do not matter. */
    int fanOut(Shape input);
  }

  /**
   * {@code y = W x + b}, weight [units, features].
   *
   * @param units features out
   */
  record Dense(int units) implements Weighted {
    public Dense {
      require(units >= 1, "a dense layer needs at least 1 unit, not " + units);
    }

    @Override
    public Shape output(Shape input) {
      require(
          input.rank() == 1,
          "a dense layer takes [features], not " + input + "; put a flatten layer before it");
      return Shape.of(units);
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(units, input.dimension(0));
    }

    @Override
    public int outputs() {
      return units;
    }

    @Override
    public int fanIn(Shape input) {
      return input.dimension(0);
    }

    @Override
    public int fanOut(Shape input) {
      return units;
    }
  }

  /**
   * A convolution (cross-correlation, as in PyTorch), weight [out, in, kernel, kernel].
   *
   * @param channels channels out
   * @param kernel height and width of the kernel
   * @param stride step between windows, both ways
   * @param padding zeros around the image, on each side
   */
  record Conv2d(int channels, int kernel, int stride, int padding) implements Weighted {
    public Conv2d {
      requireWindow("conv2d", channels, kernel, stride, padding);
    }

    @Override
    public Shape output(Shape input) {
      requireImage("conv2d", input);
      return Shape.of(channels, side(input.dimension(1)), side(input.dimension(2)));
    }

    private int side(int side) {
      require(
          fits(side),
          "a conv2d kernel of "
              + kernel
              + " is larger than its image of "
              + side
              + " with padding "
              + padding
              + "; use a smaller kernel or more padding");
      return extent("conv2d", (side + 2L * padding - kernel) / stride + 1);
    }

    private boolean fits(int side) {
      return kernel <= side + 2L * padding;
    }

    /**
     * Whether the kernel is no larger than an image, [channels, height, width], padding and all.
     */
    boolean fits(Shape image) {
      return fits(image.dimension(1)) && fits(image.dimension(2));
    }

    /** How many rows of an image that high, padding and all, lie behind the last window. */
    int leftOver(int side) {
      return (int) ((side + 2L * padding - kernel) % stride);
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(channels, input.dimension(0), kernel, kernel);
    }

    @Override
    public int outputs() {
      return channels;
    }

    @Override
    public int fanIn(Shape input) {
      return input.dimension(0) * kernel * kernel;
    }

    @Override
    public int fanOut(Shape input) {
      return channels * kernel * kernel;
    }
  }

  /**
   * A transposed convolution: the gradient of a convolution with respect to its input, weight [in,
   * out, kernel, kernel].
   *
   * @param channels channels out
   * @param kernel height and width of the kernel
   * @param stride step between windows, both ways
   * @param padding what the matching convolution pads, on each side
   * @param outputPadding rows and columns added at the bottom and right, fewer than the stride
   */
  record TransposedConv2d(
      int channels, int kernel, int stride, int padding, OutputPadding outputPadding)
      implements Weighted {
    public TransposedConv2d {
      requireWindow("transposed_conv2d", channels, kernel, stride, padding);
      requireBelow(stride, outputPadding.rows());
      requireBelow(stride, outputPadding.columns());
    }

    /** As many rows added as columns. */
    public TransposedConv2d(int channels, int kernel, int stride, int padding, int outputPadding) {
      this(channels, kernel, stride, padding, OutputPadding.both(outputPadding));
    }

    private static void requireBelow(int stride, int outputPadding) {
      require(
          outputPadding >= 0 && outputPadding < stride,
          "a transposed_conv2d's output padding must be from 0 to its stride less 1, which is "
              + (stride - 1) + ", not " + outputPadding);
    }

    @Override
    public Shape output(Shape input) {
      requireImage("transposed_conv2d", input);
      return Shape.of(
          channels,
          side(input.dimension(1), outputPadding.rows()),
          side(input.dimension(2), outputPadding.columns()));
    }

    private int side(int side, int more) {
      // Whatever a configuration asks for: int would overflow, and 2^31 become a size that fits.
      long result = (side - 1L) * stride - 2L * padding + kernel + more;
      require(
          result >= 1,
          "a transposed_conv2d with kernel "
              + kernel
              + " and padding "
              + padding
              + " leaves nothing of an image of "
              + side
              + "; use less padding or a larger kernel");
      return extent("transposed_conv2d", result);
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(input.dimension(0), channels, kernel, kernel);
    }

    @Override
    public int outputs() {
      return channels;
    }

    @Override
    public int fanIn(Shape input) {
      return channels * kernel * kernel;
    }

    @Override
    public int fanOut(Shape input) {
      return input.dimension(0) * kernel * kernel;
    }
  }

  /**
   * An activation function, element by element.
   *
   * @param function which
   */
  record Activate(Activation function) implements Layer {
    public Activate {
      // Read from files, where it may be missing.
      require((@Nullable Object) function != null, "an activate layer needs a function");
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }
  }

  /** [channels, height, width] to [features], channels outermost. */
  record Flatten() implements Layer {
    @Override
    public Shape output(Shape input) {
      return Shape.of(input.size());
    }
  }

  /**
   * [features] to [channels, height, width], channels outermost.
   *
   * @param channels channels out
   * @param height rows out
   * @param width columns out
   */
  record Unflatten(int channels, int height, int width) implements Layer {
    @Override
    public Shape output(Shape input) {
      Shape result = Shape.of(channels, height, width);
      require(
          input.size() == result.size(),
          "an unflatten layer cannot make " + result + " of " + input);
      return result;
    }
  }

  private static int extent(String layer, long side) {
    require(
        side <= Integer.MAX_VALUE,
        "a " + layer + " makes an image whose side is " + side + " long, more than "
            + Integer.MAX_VALUE + "; choose smaller sizes");
    return (int) side;
  }

  private static void requireWindow(
      String layer, int channels, int kernel, int stride, int padding) {
    require(channels >= 1, "a " + layer + " needs at least 1 channel, not " + channels);
    require(kernel >= 1, "a " + layer + " needs a kernel of at least 1, not " + kernel);
    require(stride >= 1, "a " + layer + " needs a stride of at least 1, not " + stride);
    require(
        padding >= 0 && padding < kernel,
        "a " + layer + "'s padding must be from 0 to its kernel less 1, " + (kernel - 1) + ", not "
            + padding);
  }

  private static void requireImage(String layer, Shape input) {
    require(
        input.rank() == 3,
        "a "
            + layer
            + " takes [channels, height, width], not "
            + input
            + "; put an unflatten layer before it");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new VaeException(message);
    }
  }
}

package io.github.jvae.model;

import static io.github.jvae.model.LayerChecks.extent;
import static io.github.jvae.model.LayerChecks.require;
import static io.github.jvae.model.LayerChecks.requireImage;
import static io.github.jvae.model.LayerChecks.requireWindow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
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
  @JsonSubTypes.Type(value = Layer.Unflatten.class, name = "unflatten"),
  @JsonSubTypes.Type(value = Layer.Residual.class, name = "residual"),
  @JsonSubTypes.Type(value = Layer.Join.class, name = "join")
})
public sealed interface Layer {

  /**
   * Returns the shape this layer makes of another.
   *
   * @throws VaeException if it cannot take that shape; the message says why
   */
  Shape output(Shape input);

  /**
   * Returns the shape this layer makes of another in a network.
   *
   * @param inputs what the network takes, by name
   * @throws VaeException if it cannot take that shape; the message says why
   */
  default Shape output(Shape input, Map<String, Shape> inputs) {
    return output(input);
  }

  /** Returns whether this layer has parameters, and so a name in its network. */
  default boolean hasParameters() {
    return false;
  }

  /**
   * Returns the parameters of this layer itself, without those of layers within it.
   *
   * @param name the layer's name in its network, such as {@code encoder.0}
   */
  default List<Parameter> parameters(String name, Shape input, Initialization initialization) {
    return List.of();
  }

  /** Returns what its kind of layer is in each case. */
  <R> R accept(Cases<R> cases);

  /**
   * What is to be done with a layer, by its kind: whoever handles layers is told of a new kind by
   * the compiler.
   *
   * @param <R> what becomes of a layer
   */
  interface Cases<R> {
    /** A dense layer. */
    R dense(Dense layer);

    /** A convolution. */
    R conv2d(Conv2d layer);

    /** A transposed convolution. */
    R transposedConv2d(TransposedConv2d layer);

    /** An activation function. */
    R activate(Activate layer);

    /** A change from an image to a vector. */
    R flatten(Flatten layer);

    /** A change from a vector to an image. */
    R unflatten(Unflatten layer);

    /** A sum of two branches. */
    R residual(Residual layer);

    /** A further input of the network. */
    R join(Join layer);
  }

  /** A layer with a weight and a bias. */
  sealed interface Weighted extends Layer {
    @Override
    default boolean hasParameters() {
      return true;
    }

    @Override
    default List<Parameter> parameters(String name, Shape input, Initialization initialization) {
      int fanIn = fanIn(input);
      return List.of(
          new Parameter(
              name + ".weight", weight(input), initialization.weight(fanIn, fanOut(input))),
          new Parameter(name + ".bias", Shape.of(outputs()), initialization.bias(fanIn)));
    }

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

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.dense(this);
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

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.conv2d(this);
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

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.transposedConv2d(this);
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

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.activate(this);
    }
  }

  /** [channels, height, width] to [features], channels outermost. */
  record Flatten() implements Layer {
    @Override
    public Shape output(Shape input) {
      return Shape.of(input.size());
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.flatten(this);
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

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.unflatten(this);
    }
  }

  /**
   * The sum of two branches of one input: {@code body(x) + shortcut(x)}, or {@code body(x) + x} (He
   * et al., "Deep residual learning for image recognition", 2016).
   *
   * @param body the layers of one branch, at least one
   * @param shortcut the layers of the other; none for x itself
   */
  record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
    public Residual {
      // Read from files, where a branch may be missing.
      body = (@Nullable Object) body == null ? List.of() : List.copyOf(body);
      shortcut = (@Nullable Object) shortcut == null ? List.of() : List.copyOf(shortcut);
      require(!body.isEmpty(), "a residual layer needs at least one layer in its body");
    }

    /** A sum of what layers make and what they take. */
    public Residual(List<Layer> body) {
      this(body, List.of());
    }

    @Override
    public Shape output(Shape input) {
      return output(input, Map.of());
    }

    @Override
    public Shape output(Shape input, Map<String, Shape> inputs) {
      Shape made = output("body", body, input, inputs);
      Shape passed = output("shortcut", shortcut, input, inputs);
      require(
          made.equals(passed),
          "a residual layer's body makes " + made + " of " + input + ", which cannot be added to "
              + (shortcut.isEmpty()
                  ? "that; give it a shortcut that makes " + made
                  : "the " + passed + " that its shortcut makes; let both make the same"));
      return made;
    }

    private static Shape output(
        String branch, List<Layer> layers, Shape input, Map<String, Shape> inputs) {
      Shape shape = input;
      for (int i = 0; i < layers.size(); i++) {
        try {
          shape = layers.get(i).output(shape, inputs);
        } catch (VaeException e) {
          throw new VaeException(branch + " layer " + i + ": " + e.getMessage(), e);
        }
      }
      return shape;
    }

    @Override
    public boolean hasParameters() {
      return body.stream().anyMatch(Layer::hasParameters)
          || shortcut.stream().anyMatch(Layer::hasParameters);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.residual(this);
    }
  }

  /**
   * Joins a further input of the network to what is there. Features follow features, and channels
   * of an image as large follow channels; a vector is spread over the rows and columns of an image,
   * as a channel for each of its numbers.
   *
   * @param input the input's name
   */
  record Join(String input) implements Layer {
    public Join {
      // Read from files, where it may be missing.
      require((@Nullable Object) input != null, "a join layer needs the name of an input");
    }

    @Override
    public Shape output(Shape shape) {
      return output(shape, Map.of());
    }

    @Override
    public Shape output(Shape shape, Map<String, Shape> inputs) {
      Shape joined = inputs.get(input);
      if (joined == null) {
        throw new VaeException("a join layer wants the input " + input + ", but the network has "
            + (inputs.isEmpty() ? "none to join" : "only " + String.join(", ", inputs.keySet())));
      }
      boolean spreads = joined.rank() == 1 && (shape.rank() == 1 || shape.rank() == 3);
      boolean follows = joined.rank() == 3
          && shape.rank() == 3
          && joined.with(0, shape.dimension(0)).equals(shape);
      require(
          spreads || follows,
          "a join layer cannot join " + input + " of " + joined + " to " + shape
              + "; it joins [features] to anything, and images to images of the same size");
      return shape.with(0, Math.addExact(shape.dimension(0), joined.dimension(0)));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.join(this);
    }
  }
}

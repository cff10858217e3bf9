package io.github.jvae.model;

import static io.github.jvae.model.LayerChecks.extent;
import static io.github.jvae.model.LayerChecks.require;
import static io.github.jvae.model.LayerChecks.requireImage;
import static io.github.jvae.model.LayerChecks.requireSeries;
import static io.github.jvae.model.LayerChecks.requireWindow;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a network, as data. Shapes here are of one example, without the batch: [features],
 * [channels, length] or [channels, height, width].
 */
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

  /** Returns what is done with a layer of its kind. */
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

    /** A convolution along a series. */
    R conv1d(Conv1d layer);

    /** A transposed convolution along a series. */
    R transposedConv1d(TransposedConv1d layer);

    /** A change from a vector to a series. */
    R unflatten1d(Unflatten1d layer);

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

    /** A dense layer without some of its connections. */
    R maskedDense(MaskedDense layer);

    /** An enlargement of an image. */
    R upsample(Upsample layer);

    /** A reduction of an image. */
    R averagePool(AveragePool layer);

    /** A normalisation by groups of channels. */
    R groupNorm(GroupNorm layer);

    /** A normalisation by examples. */
    R layerNorm(LayerNorm layer);

    /** A product of two halves. */
    R gated(Gated layer);
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

    /** Returns a layer like this with another number of features or channels out. */
    Weighted withOutputs(int count);

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
    public Dense withOutputs(int count) {
      return new Dense(count);
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
    private int leftOver(int side) {
      return (int) ((side + 2L * padding - kernel) % stride);
    }

    /**
     * Returns what makes an image of the same height and width again of what this makes of it.
     *
     * @param count channels out
     * @param image [channels, height, width] that this takes
     */
    public TransposedConv2d transposed(int count, Shape image) {
      return new TransposedConv2d(
          count,
          kernel,
          stride,
          padding,
          new OutputPadding(leftOver(image.dimension(1)), leftOver(image.dimension(2))));
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(channels, input.dimension(0), kernel, kernel);
    }

    @Override
    public Conv2d withOutputs(int count) {
      return new Conv2d(count, kernel, stride, padding);
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

    /** Describes a layer that adds as many rows as columns. */
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
    public TransposedConv2d withOutputs(int count) {
      return new TransposedConv2d(count, kernel, stride, padding, outputPadding);
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
   * A convolution along a series (cross-correlation, as in PyTorch), weight [out, in, kernel].
   *
   * @param channels channels out
   * @param kernel length of the kernel
   * @param stride step between windows
   * @param padding zeros before and after the series
   */
  record Conv1d(int channels, int kernel, int stride, int padding) implements Weighted {
    public Conv1d {
      requireWindow("conv1d", channels, kernel, stride, padding);
    }

    @Override
    public Shape output(Shape input) {
      requireSeries("conv1d", input);
      require(
          fits(input),
          "a conv1d kernel of " + kernel + " is larger than its series of " + input.dimension(1)
              + " with padding " + padding + "; use a smaller kernel or more padding");
      return Shape.of(
          channels, extent("conv1d", (input.dimension(1) + 2L * padding - kernel) / stride + 1));
    }

    /** Whether the kernel is no longer than a series, [channels, length], padding and all. */
    boolean fits(Shape series) {
      return kernel <= series.dimension(1) + 2L * padding;
    }

    /** How many places of a series, padding and all, lie behind the last window. */
    private int leftOver(int length) {
      return (int) ((length + 2L * padding - kernel) % stride);
    }

    /**
     * Returns what makes a series of the same length again of what this makes of it.
     *
     * @param count channels out
     * @param series [channels, length] that this takes
     */
    public TransposedConv1d transposed(int count, Shape series) {
      return new TransposedConv1d(count, kernel, stride, padding, leftOver(series.dimension(1)));
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(channels, input.dimension(0), kernel);
    }

    @Override
    public Conv1d withOutputs(int count) {
      return new Conv1d(count, kernel, stride, padding);
    }

    @Override
    public int outputs() {
      return channels;
    }

    @Override
    public int fanIn(Shape input) {
      return input.dimension(0) * kernel;
    }

    @Override
    public int fanOut(Shape input) {
      return channels * kernel;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.conv1d(this);
    }
  }

  /**
   * A transposed convolution along a series: the gradient of a convolution with respect to its
   * input, weight [in, out, kernel].
   *
   * @param channels channels out
   * @param kernel length of the kernel
   * @param stride step between windows
   * @param padding what the matching convolution pads, before and after the series
   * @param more places added at the end, fewer than the stride
   */
  record TransposedConv1d(int channels, int kernel, int stride, int padding, int more)
      implements Weighted {
    public TransposedConv1d {
      requireWindow("transposed_conv1d", channels, kernel, stride, padding);
      require(
          more >= 0 && more < stride,
          "a transposed_conv1d's places added must be from 0 to its stride less 1, which is "
              + (stride - 1) + ", not " + more);
    }

    @Override
    public Shape output(Shape input) {
      requireSeries("transposed_conv1d", input);
      long length = (input.dimension(1) - 1L) * stride - 2L * padding + kernel + more;
      require(
          length >= 1,
          "a transposed_conv1d with kernel " + kernel + " and padding " + padding
              + " leaves nothing of a series of " + input.dimension(1)
              + "; use less padding or a larger kernel");
      return Shape.of(channels, extent("transposed_conv1d", length));
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(input.dimension(0), channels, kernel);
    }

    @Override
    public TransposedConv1d withOutputs(int count) {
      return new TransposedConv1d(count, kernel, stride, padding, more);
    }

    @Override
    public int outputs() {
      return channels;
    }

    @Override
    public int fanIn(Shape input) {
      return channels * kernel;
    }

    @Override
    public int fanOut(Shape input) {
      return input.dimension(0) * kernel;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.transposedConv1d(this);
    }
  }

  /**
   * [features] to [channels, length], channels outermost.
   *
   * @param channels channels out
   * @param length places out
   */
  record Unflatten1d(int channels, int length) implements Layer {
    @Override
    public Shape output(Shape input) {
      Shape result = Shape.of(channels, length);
      require(
          input.size() == result.size(),
          "an unflatten1d layer cannot make " + result + " of " + input);
      return result;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.unflatten1d(this);
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

  /** [channels, height, width], or [channels, length], to [features], channels outermost. */
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
      body = branch(body);
      shortcut = branch(shortcut);
      require(!body.isEmpty(), "a residual layer needs at least one layer in its body");
    }

    /** Layers as read from files, where a branch, or a layer in it, may be missing. */
    private static List<Layer> branch(@Nullable List<Layer> layers) {
      if (layers == null) {
        return List.of();
      }
      require(
          layers.stream().allMatch(Objects::nonNull),
          "a residual layer's branches are lists of layers, none of them null");
      return List.copyOf(layers);
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
          throw new ConfigurationException(branch + " layer " + i + ": " + e.getMessage(), e);
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
        throw new ConfigurationException("a join layer wants the input " + input
            + ", but the network has "
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

  /**
   * A dense layer that lacks some connections: {@code y = (M ⊙ W) x + b}, weight [units, features].
   * Layers whose masks follow from degrees make an autoregressive network (Germain et al., "MADE:
   * masked autoencoder for distribution estimation", 2015).
   *
   * @param units features out
   * @param mask M, [units, features] in row-major order: 1 where there is a connection, else 0
   */
  record MaskedDense(int units, List<Integer> mask) implements Weighted {
    public MaskedDense {
      require(units >= 1, "a masked_dense layer needs at least 1 unit, not " + units);
      // Read from files, where it may be missing.
      require((@Nullable Object) mask != null, "a masked_dense layer needs a mask");
      require(
          mask.stream().allMatch(number -> Objects.equals(number, 0) || Objects.equals(number, 1)),
          "a masked_dense layer's mask has numbers other than 0 and 1");
      mask = List.copyOf(mask);
    }

    /**
     * Returns the layer that connects an output to the inputs of degrees up to its own.
     *
     * @param inputs the degrees of the features that come in: of data, their place in the order
     * @param outputs the degrees of the features that go out
     * @param strict whether degrees must be less than the output's own, as in the last layer of an
     *     autoregressive network, where an output must not depend on what it describes
     */
    public static MaskedDense ofDegrees(
        List<Integer> inputs, List<Integer> outputs, boolean strict) {
      List<Integer> mask = outputs.stream()
          .flatMap(out ->
              inputs.stream().map(in -> in < out || (!strict && in.equals(out)) ? 1 : 0))
          .toList();
      return new MaskedDense(outputs.size(), mask);
    }

    @Override
    public Shape output(Shape input) {
      require(
          input.rank() == 1,
          "a masked_dense layer takes [features], not " + input
              + "; put a flatten layer before it");
      require(
          mask.size() == (long) units * input.dimension(0),
          "a masked_dense layer of " + units + " units for " + input + " needs a mask of "
              + (long) units * input.dimension(0) + " numbers, not " + mask.size());
      return Shape.of(units);
    }

    @Override
    public Shape weight(Shape input) {
      return Shape.of(units, input.dimension(0));
    }

    /** Further units have the connections of the first ones, in turn. */
    @Override
    public MaskedDense withOutputs(int count) {
      int inputs = mask.size() / units;
      return new MaskedDense(
          count,
          IntStream.range(0, count)
              .map(unit -> unit % units * inputs)
              .boxed()
              .flatMap(begin -> mask.subList(begin, begin + inputs).stream())
              .toList());
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
      return cases.maskedDense(this);
    }
  }

  /**
   * Makes each pixel of an image a square of pixels like it.
   *
   * @param factor how many times as many rows, and columns
   */
  record Upsample(int factor) implements Layer {
    public Upsample {
      require(factor >= 1, "an upsample layer needs a factor of at least 1, not " + factor);
    }

    @Override
    public Shape output(Shape input) {
      requireImage("upsample", input);
      return Shape.of(
          input.dimension(0),
          extent("upsample", (long) input.dimension(1) * factor),
          extent("upsample", (long) input.dimension(2) * factor));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.upsample(this);
    }
  }

  /**
   * The means of squares of an image's pixels, side by side. Rows and columns that do not fill a
   * square are left out, as PyTorch leaves them.
   *
   * @param size rows and columns of a square
   */
  record AveragePool(int size) implements Layer {
    public AveragePool {
      require(size >= 1, "an average_pool layer needs a size of at least 1, not " + size);
    }

    @Override
    public Shape output(Shape input) {
      requireImage("average_pool", input);
      require(
          size <= input.dimension(1) && size <= input.dimension(2),
          "an average_pool layer of size " + size + " does not fit into an image of "
              + input.dimension(1) + "x" + input.dimension(2) + "; use a smaller size");
      return Shape.of(input.dimension(0), input.dimension(1) / size, input.dimension(2) / size);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.averagePool(this);
    }
  }

  /** A layer that gives numbers mean 0 and variance 1, and then a trained scale and shift. */
  sealed interface Normalizing extends Layer {
    /** What is added to variances, as PyTorch does unless told otherwise. */
    double EPSILON = 1e-5;

    /** Returns the shape of the scale, and of the shift. */
    Shape scale(Shape input);

    @Override
    default boolean hasParameters() {
      return true;
    }

    /** The scale starts as 1 and the shift as 0, whatever the initialisation. */
    @Override
    default List<Parameter> parameters(String name, Shape input, Initialization initialization) {
      Shape shape = scale(input);
      return List.of(
          new Parameter(name + ".weight", shape, new Initializer.Constant(1)),
          new Parameter(name + ".bias", shape, new Initializer.Constant(0)));
    }
  }

  /**
   * Normalises each example's channels, or features, in groups of neighbours; each channel has its
   * own scale and shift (Wu and He, "Group normalization", 2018).
   *
   * @param groups how many
   */
  record GroupNorm(int groups) implements Normalizing {
    public GroupNorm {
      require(groups >= 1, "a group_norm layer needs at least 1 group, not " + groups);
    }

    @Override
    public Shape output(Shape input) {
      require(
          (input.rank() == 1 || input.rank() == 3) && input.dimension(0) % groups == 0,
          "a group_norm layer of " + groups + " group(s) cannot divide " + input
              + "; let the groups divide the number of channels or features");
      return input;
    }

    @Override
    public Shape scale(Shape input) {
      return Shape.of(input.dimension(0));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.groupNorm(this);
    }
  }

  /**
   * Normalises each example over all its numbers, each of which has its own scale and shift (Ba et
   * al., "Layer normalization", 2016).
   */
  record LayerNorm() implements Normalizing {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Shape scale(Shape input) {
      return input;
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.layerNorm(this);
    }
  }

  /**
   * The product of the first half of the channels, or features, and the sigmoid of the second
   * (Dauphin et al., "Language modeling with gated convolutional networks", 2017). What makes both
   * halves is the layer before it, with twice as many channels as are wanted.
   */
  record Gated() implements Layer {
    @Override
    public Shape output(Shape input) {
      require(
          input.rank() <= 3 && input.dimension(0) % 2 == 0,
          "a gated layer needs an even number of channels or features, not " + input
              + "; give the layer before it twice as many as are wanted");
      return input.with(0, input.dimension(0) / 2);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.gated(this);
    }
  }

  /** Returns the names of all inputs that layers join, also within others. */
  static Set<String> joined(List<Layer> layers) {
    Set<String> names = new LinkedHashSet<>();
    for (Layer layer : layers) {
      if (layer instanceof Join join) {
        names.add(join.input());
      } else if (layer instanceof Residual residual) {
        names.addAll(joined(residual.body()));
        names.addAll(joined(residual.shortcut()));
      }
    }
    return names;
  }
}

package io.github.jvae.backend.support;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.NativeUnit;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A computation while an engine records it. Of networks an engine has the layers that it computes
 * by operations of its own; in which order of axes they meet, which layouts their variables have,
 * and layers that portable operations make up, are the same for all.
 *
 * @param <T> the engine's tensors
 * @param <V> the engine's values
 * @param <S> the engine's variables
 */
public abstract class EngineTrace<T extends EngineTensor<T, V>, V, S extends EngineVariable>
    extends Trace {
  private final Class<T> type;
  private final EngineVariables<S> variables;
  private final Map<MaskedWeight, T> masked = new HashMap<>();
  private long multiplications;

  /** A weight as it is stored, of which a layer uses a part. */
  private record MaskedWeight(String name, Layout layout) {}

  /** Begins a recording that may read these variables. */
  protected EngineTrace(Class<T> type, EngineVariables<S> variables) {
    this.type = type;
    this.variables = variables;
  }

  /** Returns a tensor of a recorded value; the caller vouches for the shape. */
  public abstract T tensor(Shape shape, V value);

  /** Records the numbers of a variable, in the layout they are stored in. */
  protected abstract V read(String name, S variable);

  /**
   * Records a dense layer, {@code x Wᵀ + b}.
   *
   * @param x [B, inputs]
   * @param weight [outputs, inputs], or [inputs, outputs] where those come {@link #isInputsFirst
   *     first}
   * @param bias [outputs]
   * @return [B, outputs]
   */
  protected abstract T dense(T x, T weight, T bias);

  /**
   * Records a convolution; images are [B, C, H, W] or [B, H, W, C] as
   * {@link #convolvesChannelsLast} says.
   *
   * @param weight in the layout of {@link #kernel}
   * @param bias [channels out]
   * @param result the shape of what it makes
   */
  protected abstract T convolution(Layer.Conv2d layer, T x, T weight, T bias, Shape result);

  /** Records a transposed convolution, of the same operands as {@link #convolution}. */
  protected abstract T transposedConvolution(
      Layer.TransposedConv2d layer, T x, T weight, T bias, Shape result);

  /** Records an activation function; the result has the operand's shape. */
  protected abstract T activation(Activation function, T x);

  /** Returns whether convolutions take and make images [B, H, W, C]; not unless one says so. */
  protected boolean convolvesChannelsLast() {
    return false;
  }

  /** Returns an image batch [B, C, H, W] of one [B, H, W, C]. */
  protected T image(T channelsLast) {
    return own(channelsLast.transpose(0, 3, 1, 2));
  }

  /** Returns in which layout convolutions like a kernel; the portable one unless one says more. */
  protected Layout kernel(Shape portable) {
    return Layout.portable(portable);
  }

  /** Returns whether a dense layer of such extents likes its weight as [inputs, outputs]. */
  protected boolean isInputsFirst(int inputs, int outputs) {
    return false;
  }

  @Override
  public final T parameter(String name) {
    S variable = variables.require(name);
    return parameter(name, Layout.portable(variable.shape()));
  }

  /** Returns a variable in some layout: as it is, if it is stored so. */
  public final T parameter(String name, Layout wanted) {
    S variable = variables.require(name);
    if (!wanted.fits(variable.shape())) {
      throw new ShapeException(component() + ": parameter " + name + " is " + variable.shape()
          + ", which is not what the network takes: " + wanted);
    }
    Layout layout = variable.decide(wanted);
    V value = read(name, variable);
    T parameter = layout.equals(wanted)
        ? tensor(layout.stored(), value)
        : own(wanted.toStored(portable(variable, value)));
    return isFrozen() ? own(parameter.stopGradient()) : parameter;
  }

  /**
   * Returns the part of a weight that a layer uses: recorded once, however often its network is
   * applied, as a draw from an autoregressive flow applies it for each element.
   *
   * @param part records it, at the first time
   */
  final T masked(String weight, Layout layout, Supplier<T> part) {
    return masked.computeIfAbsent(new MaskedWeight(weight, layout), first -> part.get());
  }

  /** Returns numbers that lie as those of a variable in its portable layout, as gradients do. */
  public final T portable(S variable, V value) {
    Layout layout = variable.layout();
    return own(layout.toPortable(tensor(layout.stored(), value)));
  }

  /** Returns a tensor that this trace has made, as the engine's. */
  protected final T own(Tensor tensor) {
    return type.cast(tensor);
  }

  /** Counts the multiplications of a layer. */
  final void count(Network.Node node, int batch) {
    if (node.layer() instanceof Layer.Weighted layer) {
      // The smaller images: of a transposed convolution, those it is given.
      long places = Math.min(places(node.input()), places(node.output()));
      multiplications += layer.weight(node.input()).size() * places * batch;
    }
  }

  private static long places(Shape features) {
    return features.subShape(1, features.rank()).size();
  }

  /** Returns how many numbers the networks multiply that were recorded so far. */
  public final long multiplications() {
    return multiplications;
  }

  @Override
  protected final Map<String, Tensor> record(NativeUnit unit, Map<String, Tensor> inputs) {
    if (!(unit instanceof Network network)) {
      throw new VaeException(component() + ": backend " + backend() + " knows networks, not "
          + unit.name() + ", a " + unit.getClass().getSimpleName());
    }
    return new NetworkRecorder<>(this, network, inputs).record();
  }
}

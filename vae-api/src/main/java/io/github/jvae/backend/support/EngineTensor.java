package io.github.jvae.backend.support;

import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.TracedTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of an engine, around the engine's own value.
 *
 * <p>Images come in two forms, of which either is made from the other when it is first asked for:
 * the portable [B, C, H, W], and [B, H, W, C], which some engines convolve in. A likelihood that
 * sums over pixels takes the form that the decoder left and so spares a transposition.
 *
 * @param <T> the engine's tensors
 * @param <V> the engine's values
 */
public abstract class EngineTensor<T extends EngineTensor<T, V>, V> extends TracedTensor<T> {
  private final EngineTrace<T, V, ?> trace;
  private @Nullable V value;
  private @Nullable T channelsLast;

  /** Makes a tensor of a value of this shape. */
  protected EngineTensor(Class<T> type, EngineTrace<T, V, ?> trace, Shape shape, V value) {
    super(type, trace, shape);
    this.trace = trace;
    this.value = value;
  }

  /** Makes an image batch [B, C, H, W] of one that was made as [B, H, W, C]. */
  protected EngineTensor(Class<T> type, EngineTrace<T, V, ?> trace, T channelsLast) {
    super(type, trace, channelsLast.shape().permute(0, 3, 1, 2));
    this.trace = trace;
    this.channelsLast = channelsLast;
  }

  /**
   * Returns a tensor as one of an engine, with a shape that was agreed upon.
   *
   * @param backend the engine's
   * @param user who takes it, for messages
   * @param example the shape without the batch
   * @throws ShapeException if it is of another backend or shape
   */
  public static <T extends EngineTensor<T, ?>> T require(
      Class<T> type, String backend, String user, Tensor tensor, Shape example) {
    if (!type.isInstance(tensor)) {
      throw new ShapeException(user + ": cannot take a tensor of backend "
          + tensor.trace().backend() + " on backend " + backend);
    }
    Shape shape = tensor.shape();
    if (shape.rank() == 0 || !shape.equals(example.prepend(shape.dimension(0)))) {
      throw new ShapeException(user + ": needs a batch of " + example + ", not " + shape);
    }
    return type.cast(tensor);
  }

  /** Returns the trace it belongs to. */
  protected EngineTrace<T, V, ?> engineTrace() {
    return trace;
  }

  /** Returns the engine's value, of this tensor's shape. */
  public V unwrap() {
    if (value == null) {
      T source = Objects.requireNonNull(channelsLast);
      value = trace
          .own(isOrderless() ? source.reshape(shape()) : source.transpose(0, 3, 1, 2))
          .unwrap();
    }
    return value;
  }

  /** Returns this image batch [B, C, H, W] as [B, H, W, C]. */
  public T channelsLast() {
    if (channelsLast == null) {
      channelsLast =
          trace.own(isOrderless() ? reshape(shape().permute(0, 2, 3, 1)) : transpose(0, 2, 3, 1));
    }
    return channelsLast;
  }

  /** Returns whether this is there with the channels last. */
  public boolean hasChannelsLast() {
    return channelsLast != null;
  }

  /** Whether this is there with the channels last only, as convolutions leave it. */
  boolean hasOnlyChannelsLast() {
    return value == null;
  }

  /** Two images that convolutions left are added, say, as they lie: the next may be one again. */
  @Override
  protected final T recordBinary(BinaryOperation operation, T other, Shape result) {
    EngineTensor<T, V> second = other;
    return hasOnlyChannelsLast() && second.hasOnlyChannelsLast() && shape().equals(other.shape())
        ? trace.image(channelsLast()
            .recordElementwise(operation, other.channelsLast(), result.permute(0, 2, 3, 1)))
        : recordElementwise(operation, other, result);
  }

  /** As {@link #recordBinary(BinaryOperation, TracedTensor, Shape)}, of the engine's values. */
  protected abstract T recordElementwise(BinaryOperation operation, T other, Shape result);

  /**
   * Returns this image batch lying in memory as another does, where an engine has several ways
   * under one shape.
   */
  protected T lyingAs(T other) {
    return trace.own(this);
  }

  /** Whether both forms have their numbers in the same order. */
  private boolean isOrderless() {
    return shape().dimension(1) == 1 || shape().dimension(2) * shape().dimension(3) == 1;
  }
}

package io.github.jvae.nd4j;

import io.github.jvae.backend.support.EngineTrace;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Layer;
import io.github.jvae.nd4j.memory.Nd4jVariables;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.operation.Arithmetic;
import io.github.jvae.nd4j.operation.Convolution;
import io.github.jvae.nd4j.operation.Functions;
import io.github.jvae.nd4j.operation.MatrixProduct;
import io.github.jvae.nd4j.operation.Window;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/** A computation while it is recorded as a list of operations. */
final class Nd4jTrace extends EngineTrace<Nd4jTensor, Value, StoredVariable> {
  private final Recording recording;

  Nd4jTrace(Recording recording, Nd4jVariables variables) {
    super(Nd4jTensor.class, variables);
    this.recording = recording;
  }

  @Override
  public String backend() {
    return Nd4jModule.NAME;
  }

  Recording recording() {
    return recording;
  }

  Nd4jTensor tensor(Value value) {
    return new Nd4jTensor(this, value);
  }

  @Override
  public Nd4jTensor tensor(Shape shape, Value value) {
    return tensor(value.reshape(shape));
  }

  @Override
  protected Value read(String name, StoredVariable variable) {
    return recording.variable(variable);
  }

  @Override
  public Tensor scalar(double value) {
    return tensor(recording.number(value));
  }

  @Override
  public Tensor constant(HostTensor value) {
    return tensor(Value.of(HostTensor.of(value.shape(), value.data().clone())));
  }

  @Override
  protected boolean convolvesChannelsLast() {
    return true;
  }

  @Override
  protected Nd4jTensor image(Nd4jTensor channelsLast) {
    return new Nd4jTensor(channelsLast);
  }

  /**
   * A weight with more inputs than outputs is stored as {@code Wᵀ}. Then the forward product has
   * its second factor as it lies, and oneDNN need not reorder it; that which passes the gradient on
   * has not, but a network's first layer has no such product. On the dense model of {@code vae
   * speed} it is 4 % of a training step and 16 % of encoding; where it is the other way round, as
   * in most decoders, the two products cost the same either way.
   */
  @Override
  protected boolean isInputsFirst(int inputs, int outputs) {
    return inputs >= outputs;
  }

  @Override
  protected Nd4jTensor dense(Nd4jTensor x, Nd4jTensor weight, Nd4jTensor bias) {
    boolean inputsFirst = isInputsFirst(x.shape().dimension(1), bias.shape().dimension(0));
    return plus(
        MatrixProduct.record(recording, x.unwrap(), weight.unwrap(), false, !inputsFirst), bias);
  }

  @Override
  protected Nd4jTensor convolution(
      Layer.Conv2d layer, Nd4jTensor x, Nd4jTensor weight, Nd4jTensor bias, Shape result) {
    Window window = new Window(layer.kernel(), layer.stride(), layer.padding());
    return plus(Convolution.record(recording, x.unwrap(), weight.unwrap(), result, window), bias);
  }

  @Override
  protected Nd4jTensor transposedConvolution(
      Layer.TransposedConv2d layer,
      Nd4jTensor x,
      Nd4jTensor weight,
      Nd4jTensor bias,
      Shape result) {
    Window window = new Window(layer.kernel(), layer.stride(), layer.padding());
    return plus(
        Convolution.recordTransposed(recording, x.unwrap(), weight.unwrap(), result, window), bias);
  }

  private Nd4jTensor plus(Value product, Nd4jTensor bias) {
    return tensor(Arithmetic.sum(recording, product, bias.unwrap()));
  }

  @Override
  protected Nd4jTensor activation(Activation function, Nd4jTensor x) {
    return tensor(Functions.record(recording, function, x.unwrap()));
  }
}

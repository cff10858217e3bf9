package io.github.jvae.nd4j;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;

/** A computation while it is recorded as a list of operations. */
final class Nd4jTrace extends Trace {
  private final Recording recording;
  private final Nd4jVariables variables;

  Nd4jTrace(Recording recording, Nd4jVariables variables) {
    this.recording = recording;
    this.variables = variables;
  }

  @Override
  public String backend() {
    return Nd4jModule.NAME;
  }

  Recording recording() {
    return recording;
  }

  Nd4jTensor tensor(Value value) {
    return new Nd4jTensor(this, value.shape(), value);
  }

  @Override
  public Tensor parameter(String name) {
    return tensor(portable(name));
  }

  private Value portable(String name) {
    StoredVariable variable = variables.require(name);
    return variable.layout().toPortable(recording, recording.variable(variable));
  }

  /** A variable in some layout: as it is, if it is stored so. */
  Value parameter(String name, Layout wanted) {
    StoredVariable variable = variables.require(name);
    return variable.layout().equals(wanted)
        ? recording.variable(variable)
        : wanted.toStored(recording, portable(name));
  }

  @Override
  public Tensor scalar(double value) {
    return tensor(recording.number(value));
  }

  @Override
  public Tensor constant(HostTensor value) {
    return tensor(Value.of(HostTensor.of(value.shape(), value.data().clone())));
  }
}

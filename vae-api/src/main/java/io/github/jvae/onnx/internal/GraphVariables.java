package io.github.jvae.onnx.internal;

import io.github.jvae.backend.support.EngineVariables;
import io.github.jvae.backend.support.Lifecycle;
import io.github.jvae.tensor.HostTensor;

/** The variables of one backend that records graphs. */
public final class GraphVariables extends EngineVariables<GraphVariable> {
  private int version;

  /** @param lifecycle until when they may be used */
  public GraphVariables(Lifecycle lifecycle) {
    super(lifecycle);
  }

  @Override
  protected GraphVariable store(String name, HostTensor value) {
    return new GraphVariable(copy(value));
  }

  @Override
  protected HostTensor read(GraphVariable variable) {
    return copy(variable.value());
  }

  @Override
  protected void write(GraphVariable variable, HostTensor value) {
    variable.write(copy(value));
    version++;
  }

  /** Returns a number that is another one after each write: graphs hold the numbers themselves. */
  public int version() {
    return version;
  }

  /** Forgets all variables. */
  public void release() {
    clear();
  }

  private static HostTensor copy(HostTensor value) {
    return HostTensor.of(value.shape(), value.data().clone());
  }
}

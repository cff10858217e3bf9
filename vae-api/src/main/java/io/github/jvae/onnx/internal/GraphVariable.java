package io.github.jvae.onnx.internal;

import io.github.jvae.backend.support.EngineVariable;
import io.github.jvae.tensor.HostTensor;

/** A variable in Java memory, in its portable layout, which is ONNX's too. */
public final class GraphVariable extends EngineVariable {
  private HostTensor value;

  GraphVariable(HostTensor value) {
    super(value.shape());
    this.value = value;
  }

  HostTensor value() {
    return value;
  }

  void write(HostTensor other) {
    value = other;
  }
}

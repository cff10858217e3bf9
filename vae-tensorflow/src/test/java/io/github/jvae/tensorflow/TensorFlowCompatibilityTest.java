package io.github.jvae.tensorflow;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;

class TensorFlowCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new TensorFlowModule();
  }
}

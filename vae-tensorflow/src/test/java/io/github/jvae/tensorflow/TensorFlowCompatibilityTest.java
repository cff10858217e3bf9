package io.github.jvae.tensorflow;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;

class TensorFlowCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new TensorFlowModule();
  }

  /** A run is described to the engine by objects of TensorFlow Java's, each time. */
  @Override
  protected int bytesOfCall() {
    return 6_000;
  }
}

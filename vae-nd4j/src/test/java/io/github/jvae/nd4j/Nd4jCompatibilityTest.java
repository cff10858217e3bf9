package io.github.jvae.nd4j;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;

class Nd4jCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new Nd4jModule();
  }

  /** Replays are told once where everything is. */
  @Override
  protected int bytesOfCall() {
    return 800;
  }
}

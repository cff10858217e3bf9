package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;

class DjlCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }

  /** A result and what is seen of it are objects of DJL, each with a name. */
  @Override
  protected int bytesOfCall() {
    return 3_000;
  }
}

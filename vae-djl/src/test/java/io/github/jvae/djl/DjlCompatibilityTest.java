package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;

class DjlCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }

  /** DJL makes an object with a name of each argument, each time. */
  @Override
  protected int bytesOfCall() {
    return 9_000;
  }
}

package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;

class DjlCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }
}

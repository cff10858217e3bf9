package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.FreedMemoryKit;

final class DjlFreedMemoryTest extends FreedMemoryKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }
}

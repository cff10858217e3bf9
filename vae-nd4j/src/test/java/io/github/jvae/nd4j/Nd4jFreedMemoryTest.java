package io.github.jvae.nd4j;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.FreedMemoryKit;

final class Nd4jFreedMemoryTest extends FreedMemoryKit {
  @Override
  protected BackendModule module() {
    return new Nd4jModule();
  }
}

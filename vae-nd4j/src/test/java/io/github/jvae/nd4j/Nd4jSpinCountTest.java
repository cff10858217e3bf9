package io.github.jvae.nd4j;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.SpinCountKit;

final class Nd4jSpinCountTest extends SpinCountKit {
  @Override
  protected BackendModule module() {
    return new Nd4jModule();
  }
}

package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.SpinCountKit;

final class DjlSpinCountTest extends SpinCountKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }
}

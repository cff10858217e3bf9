package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.NativeFolderKit;

final class DjlNativeFolderTest extends NativeFolderKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }

  @Override
  protected String library() {
    return "DJL";
  }

  @Override
  protected String property() {
    return "DJL_CACHE_DIR";
  }
}

package io.github.jvae.nd4j;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.NativeFolderKit;

final class Nd4jNativeFolderTest extends NativeFolderKit {
  @Override
  protected BackendModule module() {
    return new Nd4jModule();
  }

  @Override
  protected String library() {
    return "JavaCPP";
  }

  @Override
  protected String property() {
    return "org.bytedeco.javacpp.cachedir";
  }
}

package io.github.jvae.tensorflow;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.NativeFolderKit;

final class TensorFlowNativeFolderTest extends NativeFolderKit {
  @Override
  protected BackendModule module() {
    return new TensorFlowModule();
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

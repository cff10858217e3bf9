package io.github.jvae.onnx.runtime;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The ONNX Runtime backend")
class OnnxRuntimeCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new OnnxRuntimeModule();
  }
}

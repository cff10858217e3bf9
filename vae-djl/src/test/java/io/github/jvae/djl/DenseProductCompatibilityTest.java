package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** The kit's networks are too small for {@link DenseProduct}; here every dense layer is one. */
@DisplayName("With oneDNN's products for dense layers of any size")
class DenseProductCompatibilityTest extends BackendCompatibilityKit {
  @Override
  protected BackendModule module() {
    return new DjlModule();
  }

  @Override
  protected Map<String, String> engineProperties() {
    return Map.of(DjlBackend.LEAST_PRODUCTS, "0");
  }

  @Override
  protected int memorySteps() {
    return 2_000;
  }
}

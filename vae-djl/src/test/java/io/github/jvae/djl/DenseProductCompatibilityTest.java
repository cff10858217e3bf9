package io.github.jvae.djl;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.compatibility.BackendCompatibilityKit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The kit's networks are too small for {@link DenseProduct}; here every dense layer is one. */
@DisplayName("With oneDNN's products for dense layers of any size")
@ExtendWith(DenseProductCompatibilityTest.OfDenseLayers.class)
class DenseProductCompatibilityTest extends BackendCompatibilityKit {

  /** Leaves out the groups of the kit that have no dense layers, or none in other ways. */
  static final class OfDenseLayers implements ExecutionCondition {
    private static final Set<String> GROUPS =
        Set.of("Golden", "Networks", "Layers", "NetworkUses", "Training", "ModelFolders", "Memory");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Class<?> group = context.getRequiredTestClass();
      return group == DenseProductCompatibilityTest.class || GROUPS.contains(group.getSimpleName())
          ? ConditionEvaluationResult.enabled("has dense layers")
          : ConditionEvaluationResult.disabled("has no dense layers but those of other groups");
    }
  }

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
    return 1_000;
  }
}

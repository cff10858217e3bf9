package io.github.jvae.compatibility;

import io.github.jvae.backend.BackendModule;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What every backend must do. A backend's test extends this class, names its module, and is done.
 *
 * <p>Tests name the rule of the design (R1 to R9) that they prove. What a backend cannot do it
 * declares in {@link io.github.jvae.backend.Backend#gaps} or through one of the hooks below, with
 * the reason in the Javadoc of the override; anything undeclared that fails is a fault.
 */
public abstract class BackendCompatibilityKit {

  /** The module of the backend under test. */
  protected abstract BackendModule module();

  /** The engine properties with which the backend is tested; none unless a kit says so. */
  protected Map<String, String> engineProperties() {
    return Map.of();
  }

  /**
   * Whether training that resumes from saved variables and optimizer state repeats every bit. It
   * does where variables are kept in the single precision in which they are read.
   */
  protected boolean resumesBitForBit() {
    return true;
  }

  /**
   * Steps of the memory test: enough for a leak of ten kilobytes a step to show, and each tensor of
   * a step has more; 0 where there is no memory but Java's.
   */
  protected int memorySteps() {
    return 3_000;
  }

  /**
   * How many bytes of Java's memory a call for one example may allocate, beyond its answer: garbage
   * for the collector, in whose pauses calls are late.
   */
  protected int bytesOfCall() {
    return 10_000;
  }

  @Nested
  @DisplayName("Golden numbers")
  class Golden extends GoldenGroup {
    Golden() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Operations and their gradients")
  class Operations extends OperationsGroup {
    Operations() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Edge values")
  class EdgeValues extends EdgeValuesGroup {
    EdgeValues() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Networks (R4)")
  class Networks extends NetworksGroup {
    Networks() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Layers, branches, inputs and heads (R4)")
  class Layers extends LayersGroup {
    Layers() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Convolutions of random sizes (R4)")
  class RandomNetworks extends RandomNetworksGroup {
    RandomNetworks() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Networks in larger computations (R1, R4)")
  class NetworkUses extends NetworkUsesGroup {
    NetworkUses() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Mistakes (R2, R3)")
  class Faults extends FaultsGroup {
    Faults() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Variables")
  class StoredVariables extends VariablesGroup {
    StoredVariables() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Own and portable distributions (R5)")
  class Distributions extends DistributionsGroup {
    Distributions() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Components by name")
  class Named extends CatalogueGroup {
    Named() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Flows, and other posteriors (R1)")
  class Flows extends FlowsGroup {
    Flows() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("The evidence lower bound")
  class Bound extends BoundGroup {
    Bound() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Objectives")
  class Objectives extends ObjectivesGroup {
    Objectives() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Bounds of several draws")
  class ObjectiveBounds extends ObjectiveBoundsGroup {
    ObjectiveBounds() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Training (R8)")
  class Training extends TrainingGroup {
    Training() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Models with a codebook")
  class Quantized extends QuantizedGroup {
    Quantized() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Optimizers (R8)")
  class Optimizers extends OptimizersGroup {
    Optimizers() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Limits of gradients")
  class Limits extends GradientLimitsGroup {
    Limits() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Batches shared among threads")
  class Sharing extends SharingGroup {
    Sharing() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Options")
  class Options extends OptionsGroup {
    Options() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Bfloat16")
  class Bfloat16 extends PrecisionGroup {
    Bfloat16() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Reproducibility (R7)")
  class Reproducibility extends ReproducibilityGroup {
    Reproducibility() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Models and components from elsewhere")
  class Portability extends PortabilityGroup {
    Portability() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Plugins")
  class Plugins extends PluginGroup {
    Plugins() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Model folders of format 1")
  class ModelFolders extends ModelFoldersGroup {
    ModelFolders() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Exact answers")
  class ExactAnswers extends ExactAnswersGroup {
    ExactAnswers() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Opening and closing")
  class Lifecycle extends LifecycleGroup {
    Lifecycle() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Several threads with one backend")
  class Concurrency extends ConcurrencyGroup {
    Concurrency() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("A service for many threads")
  class Service extends ServiceGroup {
    Service() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("Memory")
  class Memory extends MemoryGroup {
    Memory() {
      super(BackendCompatibilityKit.this);
    }
  }

  @Nested
  @DisplayName("A long time in service")
  // Here, as it would not be inherited.
  @EnabledIfSystemProperty(
      named = SoakGroup.PROPERTY,
      matches = ".*",
      disabledReason = "skipped: takes minutes; run with -D" + SoakGroup.PROPERTY)
  class Soak extends SoakGroup {
    Soak() {
      super(BackendCompatibilityKit.this);
    }
  }
}

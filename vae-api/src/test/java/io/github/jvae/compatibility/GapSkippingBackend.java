package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Capability;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.ForwardingBackend;
import io.github.jvae.error.VaeException;

/**
 * Ends a test as skipped when it comes to something that the backend has declared it cannot do, and
 * only after it has seen that this is refused with the declared reason.
 */
final class GapSkippingBackend extends ForwardingBackend {
  GapSkippingBackend(Backend backend) {
    super(backend);
  }

  @Override
  public Executable compileGradients(Computation loss) {
    skipGap(Capability.GRADIENTS, () -> super.compileGradients(loss));
    return super.compileGradients(loss);
  }

  @Override
  public TrainingStep compileTraining(Computation loss, Optimizer optimizer) {
    skipGap(Capability.TRAINING, () -> super.compileTraining(loss, optimizer));
    return super.compileTraining(loss, optimizer);
  }

  private void skipGap(Capability capability, Runnable use) {
    String reason = gaps().get(capability);
    if (reason != null) {
      assertThatThrownBy(use::run)
          .isInstanceOf(VaeException.class)
          .hasMessageContaining(reason)
          .hasMessageNotContaining("\n");
      assumeCapable(this, capability);
    }
  }

  static void assumeCapable(Backend backend, Capability capability) {
    String reason = backend.gaps().get(capability);
    assumeTrue(reason == null, () -> "skipped: a declared gap, " + capability + ": " + reason);
  }
}

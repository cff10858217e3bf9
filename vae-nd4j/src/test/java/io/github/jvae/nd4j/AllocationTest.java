package io.github.jvae.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("What a training step allocates on Java's heap")
final class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BATCH = 64;
  private static final int STEPS = 200;

  /** The lists and numbers that are returned; the smallest batch of anything has more. */
  private static final long MOST = 2_000;

  @TestFactory
  @DisplayName("is what it returns, and no more for a large model")
  Stream<DynamicTest> step() {
    return Stream.of(
        dynamicTest(
            "mlp",
            () -> check(
                Architecture.mlp(NetworkShapes.of(Shape.of(1, 28, 28), 8), Activation.RELU, 100))),
        dynamicTest(
            "conv",
            () -> check(Architecture.conv(
                NetworkShapes.of(Shape.of(3, 16, 16), 8),
                Activation.RELU,
                new int[] {16, 32},
                4,
                2,
                1,
                32))));
  }

  private static Computation loss(Architecture architecture, Encoder encoder, Decoder decoder) {
    Model model = new Model(
        architecture.shapes().latent(),
        encoder,
        decoder,
        new StandardNormal(),
        new Nd4jBernoulli());
    return (trace, in) -> {
      Inputs x = new Inputs(in.get(0));
      return List.of(
          model.bound(x, in.get(1), DivergenceForm.CLOSED_FORM).elbo().mean().negate());
    };
  }

  private static void check(Architecture architecture) {
    try (Nd4jBackend backend =
        new Nd4jBackend(BackendOptions.builder().threads(1).build())) {
      Encoder encoder = new NetworkEncoder(architecture.encoder(), new DiagonalGaussianFamily());
      Decoder decoder = new NetworkDecoder(architecture.decoder());
      Stream.concat(encoder.parameters().stream(), decoder.parameters().stream())
          .forEach(p -> backend.variables().create(p, p.initialValue(1)));
      TrainingStep step =
          backend.compileTraining(loss(architecture, encoder, decoder), Adam.defaults());
      HostTensor x = HostTensor.zeros(architecture.shapes().example().prepend(BATCH));
      HostTensor noise = HostTensor.zeros(Shape.of(BATCH, architecture.shapes().latent()));
      assertThat(allocated(step, x, noise)).as("recording").isGreaterThan(STEPS * MOST);
      assertThat(allocated(step, x, noise) / STEPS).as("bytes a step").isLessThanOrEqualTo(MOST);
    }
  }

  private static long allocated(TrainingStep step, HostTensor... inputs) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < STEPS; i++) {
      step.run(0.001, inputs);
    }
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}

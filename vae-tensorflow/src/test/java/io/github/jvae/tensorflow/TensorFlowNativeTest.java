package io.github.jvae.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Layer;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Parameter;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.math.Lgamma;
import org.tensorflow.types.TFloat32;

@DisplayName("TensorFlow beneath the portable interface")
class TensorFlowNativeTest {

  /** One thread, as in the compatibility kit: it is decided once for the process. */
  private static final BackendOptions OPTIONS =
      BackendOptions.builder().threads(1).build();

  private static TensorFlowBackend open() {
    return new TensorFlowBackend(OPTIONS);
  }

  /** An operation that {@link Tensor} lacks. */
  private static Tensor logGamma(Tensor tensor) {
    TensorFlowTrace trace = (TensorFlowTrace) tensor.trace();
    Operand<TFloat32> operand = ((TensorFlowTensor) tensor).unwrap();
    return trace.tensor(tensor.shape(), Lgamma.create(trace.scope(), operand));
  }

  @Test
  @DisplayName("A tensor unwraps to an operand, and native operations wrap to a tensor")
  void unwrap() {
    try (TensorFlowBackend backend = open()) {
      HostTensor x = HostTensor.of(Shape.of(2), 3, 5);
      HostTensor y =
          backend.evaluate((trace, in) -> List.of(logGamma(in.get(0)).exp()), x).get(0);
      assertThat(y.data()[0]).isEqualTo(2, within(1e-5f));
      assertThat(y.data()[1]).isEqualTo(24, within(1e-4f));
    }
  }

  @Test
  @DisplayName("A fault of the engine is one line that names the component")
  void fault() {
    try (TensorFlowBackend backend = open()) {
      Executable broken =
          backend.compile((trace, in) -> List.of(trace.within("likelihood broken", () -> {
            TensorFlowTensor x = (TensorFlowTensor) in.get(0);
            TensorFlowTrace own = (TensorFlowTrace) trace;
            return own.tensor(Shape.of(2, 2), own.reshape(x.unwrap(), x.shape(), Shape.of(2, 2)));
          })));
      assertThatThrownBy(() -> broken.run(HostTensor.zeros(Shape.of(3))))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("likelihood_broken")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  @DisplayName("Variables that were read before the encoder stay portable and give the same")
  void variablesFirst() {
    Architecture architecture = new Architecture(
        NetworkShapes.of(Shape.of(2, 5, 5), 3),
        List.of(new Layer.Conv2d(4, 3, 2, 1), new Layer.Flatten()),
        List.of(new Layer.Dense(50), new Layer.Unflatten(2, 5, 5)));
    Encoder encoder = new NetworkEncoder(architecture.encoder(), new DiagonalGaussianFamily());
    HostTensor x = new Initializer.Normal(1).values(Shape.of(3, 2, 5, 5), RandomStream.of(7));
    try (TensorFlowBackend read = open();
        TensorFlowBackend fresh = open()) {
      for (Parameter parameter : encoder.parameters()) {
        HostTensor value = parameter.initialValue(1);
        read.variables().create(parameter, value);
        fresh.variables().create(parameter, value);
        assertThat(read.evaluate((trace, in) -> List.of(trace.parameter(parameter.name()))))
            .containsExactly(value);
      }
      assertThat(mean(read, encoder, x)).containsExactly(mean(fresh, encoder, x));
      String kernel = "encoder.0.weight";
      assertThat(read.engineVariables().require(kernel).layout().stored())
          .isEqualTo(Shape.of(4, 2, 3, 3));
      assertThat(fresh.engineVariables().require(kernel).layout().stored())
          .isEqualTo(Shape.of(3, 3, 2, 4));
      assertThat(read.variables().readAll()).isEqualTo(fresh.variables().readAll());
    }
  }

  private static float[] mean(TensorFlowBackend backend, Encoder encoder, HostTensor x) {
    return backend
        .evaluate((trace, in) -> List.of(encoder.encode(new Inputs(in.get(0))).mean()), x)
        .get(0)
        .data();
  }

  @Test
  @DisplayName("A fresh graph, after many closed executables, goes on with the same variables")
  void freshGraph() {
    try (TensorFlowBackend backend = open()) {
      Parameter weight = new Parameter("weight", Shape.of(2), new Initializer.Constant(1));
      backend.variables().create(weight, weight.initialValue(0));
      Executable kept = backend.compile((trace, in) -> List.of(trace.parameter("weight")));
      GraphSession first = backend.session();
      for (int i = 0; i < 100; i++) {
        backend.variables().write("weight", HostTensor.of(Shape.of(2), i, -i));
        assertThat(backend
                .evaluate((trace, in) -> List.of(trace.parameter("weight").add(1)))
                .get(0)
                .data())
            .containsExactly(i + 1, 1 - i);
        assertThat(kept.run().get(0).data()).containsExactly(i, -i);
      }
      assertThat(first.isClosed()).isTrue();
      assertThat(backend.variables().read("weight").data()).containsExactly(99, -99);
    }
  }

  @Test
  @DisplayName("Says which versions compute")
  void info() {
    try (TensorFlowBackend backend = new TensorFlowBackend(OPTIONS)) {
      assertThat(backend.info().name()).isEqualTo("tensorflow");
      assertThat(backend.info().engine()).matches("TensorFlow \\d+\\.\\d+.*");
      assertThat(backend.info().binding()).matches("TensorFlow Java \\d+\\.\\d+.*");
      assertThat(backend.info().device()).isEqualTo("cpu");
      assertThat(backend.info().threads()).isPositive();
    }
  }

  @Test
  @DisplayName(
      "The parts of a batch are computed by threads of the engine, not by the one that asks")
  void partsSideBySide() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    assumeTrue(threads.isCurrentThreadCpuTimeSupported());
    HostTensor x = HostTensor.zeros(Shape.of(256, 512));
    Computation slow = Computation.of(Computation.Examples.APART, (trace, in) -> {
      Tensor y = in.get(0);
      for (int i = 0; i < 100; i++) {
        y = y.exp().negate().exp();
      }
      return List.of(y);
    });
    BackendOptions two = BackendOptions.builder().threads(2).build();
    try (TensorFlowBackend backend = new TensorFlowBackend(two);
        Executable product = backend.compile(slow)) {
      product.run(x);
      long began = System.nanoTime();
      long busy = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < 20; i++) {
        product.run(x);
      }
      busy = threads.getCurrentThreadCpuTime() - busy;
      assertThat((double) busy).isLessThan(0.6 * (System.nanoTime() - began));
    }
  }
}

package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.model.Parameter;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.reference.ReferenceExecutable;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The reference's gradients of networks")
final class ReferenceGradientsTest {
  private static final float STEP = 1f / 8192;

  @TestFactory
  @DisplayName("are the differences of its values, for each parameter and each input")
  Stream<DynamicTest> differences() {
    return NetworkSample.all().map(sample -> dynamicTest(sample.name(), () -> check(sample)));
  }

  private static void check(NetworkSample sample) {
    List<Parameter> parameters = sample.parameters();
    Computation computation = sample.computation();
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      parameters.forEach(p -> backend.variables().create(p, p.initialValue(5)));
      List<double[]> gradients = backend.compileGradients(computation).runExactly();
      int outputs = gradients.size() - parameters.size();
      ReferenceExecutable loss = backend.compile(computation);
      for (int i = 0; i < parameters.size(); i++) {
        checkDifference(backend, loss, parameters.get(i), gradients.get(outputs + i));
      }
    }
  }

  /** Along a random direction, taken as the difference that single precision makes of it. */
  private static void checkDifference(
      ReferenceBackend backend, ReferenceExecutable loss, Parameter parameter, double[] gradient) {
    HostTensor value = backend.variables().read(parameter.name());
    HostTensor direction = Numbers.normal("direction", parameter.shape());
    HostTensor above = moved(value, direction, STEP);
    HostTensor below = moved(value, direction, -STEP);
    double expected = 0;
    for (int i = 0; i < gradient.length; i++) {
      expected += gradient[i] * ((double) above.data()[i] - below.data()[i]);
    }
    double difference = at(backend, loss, parameter, above) - at(backend, loss, parameter, below);
    backend.variables().write(parameter.name(), value);
    double size = Closeness.norm(gradient) * 2 * STEP * Closeness.norm(direction);
    assertThat(difference)
        .as("change of the loss along %s", parameter.name())
        .isCloseTo(expected, Offset.offset(1e-4 * size + 1e-9));
  }

  private static HostTensor moved(HostTensor value, HostTensor direction, float step) {
    HostTensor result = HostTensor.zeros(value.shape());
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = value.data()[i] + step * direction.data()[i];
    }
    return result;
  }

  private static double at(
      ReferenceBackend backend, ReferenceExecutable loss, Parameter parameter, HostTensor value) {
    backend.variables().write(parameter.name(), value);
    return loss.runExactly().get(0)[0];
  }
}

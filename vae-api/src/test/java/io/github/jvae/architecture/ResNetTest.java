package io.github.jvae.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Initialization;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A residual architecture")
class ResNetTest {
  private static final ResNet NETWORKS = new ResNet(List.of(4, 6, 8), 2, 10, Activation.SILU);

  private static Architecture of(Shape image) {
    return NETWORKS.of(NetworkShapes.of(image, 3), Initialization.FAN_IN);
  }

  @ParameterizedTest
  @CsvSource({"32,32", "28,20", "27,13", "4,5", "5,7"})
  @DisplayName("gives back images of any height and width")
  void sizes(int height, int width) {
    Shape image = Shape.of(3, height, width);
    assertThat(of(image).decoder().output()).isEqualTo(image);
  }

  @Test
  @DisplayName("says how many stages an image is large enough for, and that it takes images only")
  void faults() {
    assertThatThrownBy(() -> of(Shape.of(1, 2, 9)))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("2x9", "3 stages", "at most 2");
    assertThatThrownBy(() -> of(Shape.of(7)))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("[7]", "mlp");
    assertThatThrownBy(() -> new ResNet(List.of(), 2, 10, Activation.SILU))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("32,64,128");
  }

  @Test
  @DisplayName("starts its blocks small: by the root of how many there are")
  void scale() {
    List<Parameter> parameters = of(Shape.of(3, 8, 8)).encoder().parameters();
    Parameter first = named(parameters, "encoder.1.body.0.weight");
    Parameter last = named(parameters, "encoder.1.body.1.weight");
    double ratio = largest(last) / largest(first);
    assertThat(ratio).isCloseTo(1 / Math.sqrt(6), within(0.02));
  }

  private static Parameter named(List<Parameter> parameters, String name) {
    return parameters.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Both weights are uniform, and have as many inputs. */
  private static double largest(Parameter parameter) {
    float[] values = parameter.initialValue(1).data();
    return IntStream.range(0, values.length)
        .mapToDouble(i -> Math.abs(values[i]))
        .max()
        .orElse(0);
  }
}

package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.NegativeBinomial;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A decoder of counts that is told their sum")
class LibraryDecoderTest {
  @Test
  @DisplayName("makes means that add up to it, in the shares that another decoder makes")
  void means() {
    Decoder linear = (z, conditions) -> z;
    LibraryDecoder decoder = new LibraryDecoder(linear, Shape.of(3), true);
    NegativeBinomial likelihood = NegativeBinomial.perElement();
    HostTensor decoded = HostTensor.of(Shape.of(2, 6), 1, 0, -1, 5, 6, 7, 0, 0, 0, 1, 2, 3);
    HostTensor library = HostTensor.of(Shape.of(2, 1), 600, 9);
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      double[] means = backend
          .compile((trace, in) -> List.of(likelihood.mean(
              decoder.decode(in.get(0), Conditions.of(Map.of("library", in.get(1)))))))
          .runExactly(decoded, library)
          .get(0);
      double total = Math.E + 1 + 1 / Math.E;
      assertThat(means[0]).isCloseTo(600 * Math.E / total, within(1e-3));
      assertThat(means[0] + means[1] + means[2]).isCloseTo(600, within(1e-3));
      assertThat(means[4]).isCloseTo(3, within(1e-5));
    }
  }

  @Test
  @DisplayName("is told the sum of an example's counts by any data set of counts")
  void told() {
    ArrayExamples cells =
        ArrayExamples.counts("cells", Shape.of(3), new int[] {1, 2, 3, 0, 10, 5, 7, 7, 7});
    Batch batch = Batches.of(cells.slice(1, 3), 2)
        .withConditions(List.of("library"))
        .iterator()
        .next();
    assertThat(batch.conditions().get("library")).isEqualTo(HostTensor.of(Shape.of(2, 1), 15, 21));
    ArrayExamples numbers = ArrayExamples.floats("numbers", Shape.of(2), new float[] {1, 2});
    assertThatThrownBy(() -> numbers.condition("library"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("no condition 'library'");
  }

  private static void refused(String likelihood, boolean told, String... parts) {
    VaeConfig config = VaeConfig.defaults()
        .withInput(List.of(3))
        .withConditions(told ? Map.of("library", List.of(1)) : Map.of())
        .with(Kind.LIKELIHOOD, ComponentConfig.of(likelihood))
        .with(Kind.DECODER, ComponentConfig.of("library"));
    assertThatThrownBy(() -> config.validate(Vae.catalogue()))
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("needs counts and their sum")
  void refusals() {
    refused("gaussian", true, "decoder library", "gaussian", "negative-binomial");
    refused("poisson", false, "decoder library", "--condition library");
    VaeConfig fine = VaeConfig.defaults()
        .withInput(List.of(3))
        .withConditions(Map.of("library", List.of(1)))
        .with(Kind.LIKELIHOOD, ComponentConfig.of("zero-inflated-negative-binomial"))
        .with(Kind.DECODER, ComponentConfig.of("library"));
    assertThat(fine.faults(Vae.catalogue())).isEmpty();
  }
}

package io.github.jvae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.data.Binarization;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("First values made of training examples")
class FirstExamplesTest {
  private static final Examples TRAIN = Shapes.generate(3, 12, 4).train();
  private static final int LATENT = 3;

  private static Vae.Builder builder(String prior, String start, int components) {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(32)
        .latent(LATENT)
        .gaussian(0.5)
        .prior(ComponentConfig.of(prior).with("start", start).with("components", components));
  }

  /** The examples that rows of a tensor are, each near to one. */
  private static Set<Integer> matched(HostTensor rows, HostTensor examples) {
    int size = examples.data().length / TRAIN.size();
    Set<Integer> found = new HashSet<>();
    for (int row = 0; row < rows.data().length / size; row++) {
      float[] wanted = Arrays.copyOfRange(rows.data(), row * size, (row + 1) * size);
      found.add(IntStream.range(0, TRAIN.size())
          .filter(i -> near(wanted, Arrays.copyOfRange(examples.data(), i * size, (i + 1) * size)))
          .findFirst()
          .orElse(-1));
    }
    return found;
  }

  private static boolean near(float[] actual, float[] expected) {
    return IntStream.range(0, actual.length)
        .allMatch(i -> Math.abs(actual[i] - expected[i]) <= 1e-6);
  }

  private static HostTensor all() {
    return TRAIN.tensor(IntStream.range(0, TRAIN.size()).toArray());
  }

  private static HostTensor first(Vae vae, String parameter) {
    return Objects.requireNonNull(vae.parameters().get(parameter));
  }

  private static HostTensor pseudoInputs(long seed) {
    try (Vae vae = builder("vamp", "data", 5)
        .startingFrom(TRAIN, Transforms.none())
        .seed(seed)
        .build()) {
      return first(vae, "prior.pseudo_inputs");
    }
  }

  @Test
  @DisplayName("are, for a VampPrior, as many of them, each another, chosen by the seed")
  void pseudoInputs() {
    Set<Integer> first = matched(pseudoInputs(1), all());
    assertThat(first).hasSize(5).doesNotContain(-1);
    assertThat(pseudoInputs(1)).isEqualTo(pseudoInputs(1));
    assertThat(matched(pseudoInputs(2), all())).isNotEqualTo(first);
  }

  @Test
  @DisplayName("are transformed as in training")
  void transformed() {
    Transforms binary = Transforms.of(Binarization.FIXED);
    try (Vae vae = builder("vamp", "data", 5).startingFrom(TRAIN, binary).build()) {
      for (float value : first(vae, "prior.pseudo_inputs").data()) {
        assertThat(value == 0 || value == 1).isTrue();
      }
    }
  }

  @Test
  @DisplayName("are, for a mixture, what the new encoder makes of as many of them")
  void means() {
    try (Vae vae =
        builder("mixture", "data", 12).startingFrom(TRAIN, Transforms.none()).build()) {
      HostTensor means = first(vae, "prior.means");
      assertThat(matched(means, vae.encode(all()).mean())).hasSize(12).doesNotContain(-1);
    }
  }

  @Test
  @DisplayName("are no others than the seed's where a prior starts at random")
  void random() {
    try (Vae with = builder("mixture", "random", 4)
            .startingFrom(TRAIN, Transforms.none())
            .build();
        Vae without = builder("mixture", "random", 4).build()) {
      assertThat(with.parameters()).isEqualTo(without.parameters());
      assertThat(first(with, "prior.means").data()[0]).isNotCloseTo(0, within(1e-6f));
    }
  }

  @Test
  @DisplayName("are not asked for again when the model is loaded")
  void loaded(@TempDir Path folder) {
    try (Vae vae =
        builder("vamp", "data", 5).startingFrom(TRAIN, Transforms.none()).build()) {
      vae.save(folder);
      try (Vae loaded = Vae.load(folder, Vae.builder().backend(new ReferenceModule()))) {
        assertThat(loaded.parameters()).isEqualTo(vae.parameters());
      }
    }
  }

  @Test
  @DisplayName("are refused before the engine starts where examples are missing or too few")
  void refusals() {
    for (String prior : new String[] {"vamp", "mixture"}) {
      assertThatThrownBy(() -> builder(prior, "data", 5).build())
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll(prior + " starts from training examples", "startingFrom");
      assertThatThrownBy(() ->
              builder(prior, "data", 13).startingFrom(TRAIN, Transforms.none()).build())
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll(
              prior + " starts from 13 training examples", "has 12", "take fewer components");
      assertThatThrownBy(() -> builder(prior, "data", 5)
              .input(3, 28, 28)
              .startingFrom(TRAIN, Transforms.none())
              .build())
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("[3, 32, 32]", "[3, 28, 28]");
      assertThatThrownBy(() -> builder(prior, "data", 0).build())
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("prior " + prior, "components");
      assertThatThrownBy(() -> builder(prior, "here", 5).build())
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("prior " + prior, "start", "random", "data");
    }
    assertThatThrownBy(() -> Vae.builder()
            .backend(new ReferenceModule())
            .prior(ComponentConfig.of("conditional"))
            .build())
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll("prior conditional", "--condition label");
  }
}

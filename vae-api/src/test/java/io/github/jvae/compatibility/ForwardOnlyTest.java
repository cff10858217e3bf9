package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.Vae;
import io.github.jvae.data.DataParts;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A backend that cannot train")
class ForwardOnlyTest {

  @Test
  @DisplayName("samples, and refuses to train in one line with its reason")
  void refuses() {
    DataParts images = GoldenFolder.images();
    try (Vae vae = Vae.builder()
        .backend(new ForwardOnlyModule())
        .input(3, 32, 32)
        .mlp(2)
        .latent(2)
        .build()) {
      assertThat(vae.sample(3, 1).shape()).isEqualTo(Shape.of(3, 3, 32, 32));
      assertThatThrownBy(() -> vae.train(images, TrainingOptions.defaults()))
          .isInstanceOf(VaeException.class)
          .hasMessage("backend reference cannot train: it serves models that others have"
              + " trained; choose another backend");
    }
  }
}

package io.github.jvae.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An image's padding")
class ImagePaddingTest {
  @Test
  @DisplayName("copies the edges evenly to both sides, and is cut off again")
  void edges() {
    ImagePadding padding = ImagePadding.toMultiplesOf(4, Shape.of(1, 3, 2));
    HostTensor image = HostTensor.of(Shape.of(1, 1, 3, 2), 1, 2, 3, 4, 5, 6);
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      List<HostTensor> made = backend.evaluate(
          (trace, in) -> {
            var padded = padding.pad(in.get(0));
            return List.of(padded, padding.crop(padded));
          },
          image);
      assertThat(made.get(0))
          .isEqualTo(
              HostTensor.of(Shape.of(1, 1, 4, 4), 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 5, 5, 6, 6));
      assertThat(made.get(1)).isEqualTo(image);
    }
  }

  @Test
  @DisplayName("is none where the sizes divide the sides")
  void none() {
    assertThat(ImagePadding.toMultiplesOf(4, Shape.of(3, 8, 4)).isNone()).isTrue();
    assertThat(ImagePadding.toMultiplesOf(8, Shape.of(3, 8, 4)).padded())
        .isEqualTo(Shape.of(3, 8, 8));
  }
}

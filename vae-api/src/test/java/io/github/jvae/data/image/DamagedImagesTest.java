package io.github.jvae.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.error.VaeException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A damaged image, of any format,")
@Timeout(40)
class DamagedImagesTest {
  private static final int MUTATIONS = 130;

  @Test
  @DisplayName("is refused wherever it is cut short, or is whole all the same")
  void cutShort() {
    ImageSamples.all().forEach((name, whole) -> {
      Path file = Path.of(name);
      byte[] pixels = ImageFile.decode(file, whole).bytes;
      int refused = 0;
      for (int length = 0; length < whole.length; length++) {
        try {
          assertThat(ImageFile.decode(file, Arrays.copyOf(whole, length)).bytes)
              .as("%s, %d bytes", name, length)
              .isEqualTo(pixels);
        } catch (VaeException e) {
          assertTold(e, file);
          refused++;
        }
      }
      assertThat(refused).as(name).isGreaterThan(whole.length / 3);
    });
  }

  @Test
  @DisplayName("is told in one line that names the file, whatever its decoder throws")
  void mutated() {
    Random random = new Random(20);
    int refused = 0;
    int read = 0;
    for (Map.Entry<String, byte[]> sample : ImageSamples.all().entrySet()) {
      Path file = Path.of(sample.getKey());
      for (int i = 0; i < MUTATIONS; i++) {
        try {
          ImageFile image = ImageFile.decode(file, mutated(sample.getValue(), random));
          assertThat(image.bytes).hasSize(image.channels * image.height * image.width);
          read++;
        } catch (VaeException e) {
          assertTold(e, file);
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(800);
    assertThat(read).isGreaterThan(400);
  }

  /** Headers are changed as often as all the rest. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int range = random.nextBoolean() ? bytes.length : Math.min(64, bytes.length);
      int at = random.nextInt(range);
      int end = Math.min(bytes.length, at + (random.nextInt(4) == 0 ? 4 : 1));
      byte value = (byte) random.nextInt(256);
      Arrays.fill(bytes, at, end, end - at == 1 ? value : (byte) (value < 0 ? 0 : 0xFF));
    }
    return bytes;
  }

  private static void assertTold(VaeException failure, Path file) {
    assertThat(failure.getMessage())
        .startsWith(file.toString())
        .contains("; ")
        .doesNotContain("\n", "\r");
  }
}

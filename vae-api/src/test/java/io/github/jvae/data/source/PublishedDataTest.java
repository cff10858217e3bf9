package io.github.jvae.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Samples;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where the system property {@code vae.data} names a folder with the published files. */
@DisplayName("The published data sets")
class PublishedDataTest {
  private static DataParts open(String name) {
    String folder = System.getProperty("vae.data", "");
    Assumptions.assumeFalse(folder.isEmpty(), "skipped: -Dvae.data=FOLDER names no data");
    Path path = Path.of(folder);
    boolean there =
        PublishedData.all().stream().anyMatch(d -> d.name().equals(name) && has(d, path));
    Assumptions.assumeTrue(there, "skipped: " + name + " is not in " + folder);
    return DataSource.standard().dataFolder(path).offline().open(name);
  }

  private static boolean has(PublishedData data, Path folder) {
    return Files.isDirectory(folder) && data.find(folder).isPresent();
  }

  @Test
  @DisplayName("hold MNIST: 60,000 and 10,000 digits with the known mean and deviation")
  void mnist() {
    DataParts data = open("mnist");
    assertThat(data.train()).hasToString("mnist: 60000 images of [1, 28, 28]");
    assertThat(data.test()).hasToString("mnist: 10000 images of [1, 28, 28]");
    check(data.train(), 0, 33.3184 / 255, 78.5675 / 255);
    check(data.test(), 0, 33.7912 / 255, 79.1725 / 255);
    assertThat(data.train().labels().orElseThrow().label(0)).isEqualTo(5);
    assertThat(data.test().labels().orElseThrow().label(0)).isEqualTo(7);
  }

  @Test
  @DisplayName("are the same data when they are saved as an array")
  void asArray(@TempDir Path folder) {
    DataParts mnist = open("mnist");
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (10000, 28, 28), }";
    ByteBuffer npy = ByteBuffer.allocate(10 + header.length() + 10_000 * 784)
        .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1))
        .put((byte) header.length())
        .put((byte) 0)
        .put(header.getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < 10_000; i++) {
      npy.put(Samples.pixels(mnist.test(), i));
    }
    Path file = Samples.write(folder.resolve("test.npy"), npy.array());
    DataParts array = DataSource.standard().open(file.toString());
    DataParts split = DataParts.split(mnist.test(), "");
    assertThat(array.train().sha256()).isEqualTo(split.train().sha256());
    assertThat(array.test().sha256()).isEqualTo(split.test().sha256());
  }

  @Test
  @DisplayName("hold Fashion-MNIST: 60,000 and 10,000 articles with the known mean and deviation")
  void fashionMnist() {
    DataParts data = open("fashion-mnist");
    assertThat(data.train()).hasToString("fashion-mnist: 60000 images of [1, 28, 28]");
    check(data.train(), 0, 72.9404 / 255, 90.0212 / 255);
    check(data.test(), 0, 73.1466 / 255, 89.8733 / 255);
    assertThat(data.train()
            .labels()
            .orElseThrow()
            .classNames()
            .get(data.train().labels().orElseThrow().label(0)))
        .isEqualTo("Ankle boot");
  }

  @Test
  @DisplayName("hold CIFAR-10: 50,000 and 10,000 photographs with the known means and deviations")
  void cifar10() {
    DataParts data = open("cifar10");
    assertThat(data.train()).hasToString("cifar10: 50000 images of [3, 32, 32]");
    assertThat(data.test()).hasToString("cifar10: 10000 images of [3, 32, 32]");
    check(data.train(), 0, 0.49139968, 0.24703223);
    check(data.train(), 1, 0.48215841, 0.24348513);
    check(data.train(), 2, 0.44653091, 0.26158784);
    check(data.test(), 0, 0.49421428, 0.24665252);
    check(data.test(), 1, 0.48513139, 0.24289226);
    check(data.test(), 2, 0.45040909, 0.26159238);
  }

  private static void check(Examples data, int channel, double mean, double deviation) {
    int plane = data.shape().dimension(1) * data.shape().dimension(2);
    float[] image = new float[data.shape().size()];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < data.size(); i++) {
      data.read(i, image, 0);
      for (int j = channel * plane; j < (channel + 1) * plane; j++) {
        sum += image[j];
        squares += (double) image[j] * image[j];
      }
    }
    double count = (double) data.size() * plane;
    assertThat(sum / count).isCloseTo(mean, within(1e-6));
    assertThat(Math.sqrt(squares / count - sum / count * (sum / count)))
        .isCloseTo(deviation, within(1e-6));
  }
}

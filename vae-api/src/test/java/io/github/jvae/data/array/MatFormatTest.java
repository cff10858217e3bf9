package io.github.jvae.data.array;

import static io.github.jvae.data.array.ArraySamples.compressed;
import static io.github.jvae.data.array.ArraySamples.counting;
import static io.github.jvae.data.array.ArraySamples.doubles;
import static io.github.jvae.data.array.ArraySamples.example;
import static io.github.jvae.data.array.ArraySamples.mat;
import static io.github.jvae.data.array.ArraySamples.matrix;
import static io.github.jvae.data.array.ArraySamples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Shape;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A MATLAB file")
class MatFormatTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final int CHAR = 4;
  private static final int DOUBLE = 6;
  private static final int UINT8 = 9;
  private static final int LOGICAL = 0x200;
  private static final int AS_UINT8 = 2;
  private static final int AS_DOUBLE = 9;

  @TempDir
  Path folder;

  private Path write(byte[]... elements) {
    return Samples.write(folder.resolve("x.mat"), mat(LITTLE, elements));
  }

  /** Height 6, width 5, 3 channels, 4 images, the first axis fastest, as SVHN is published. */
  @ParameterizedTest(name = "compressed: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("of images, the last axis counting them, is read with its labels")
  void images(boolean packed) {
    byte[] pixels = Samples.bytes(6 * 5 * 3 * 4, 1);
    byte[] x = matrix(LITTLE, "X", UINT8, new int[] {6, 5, 3, 4}, AS_UINT8, pixels);
    byte[] y = matrix(LITTLE, "y", UINT8, new int[] {4, 1}, AS_UINT8, new byte[] {1, 10, 2, 1});
    DataParts data =
        open(packed ? write(compressed(LITTLE, x), compressed(LITTLE, y)) : write(x, y));
    assertThat(data.train()).isInstanceOf(ImageExamples.class);
    assertThat(data.shape()).isEqualTo(Shape.of(3, 6, 5));
    assertThat(data.train().size()).isEqualTo(3);
    byte[] second = Samples.pixels(data.train(), 1);
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < 6; row++) {
        for (int column = 0; column < 5; column++) {
          assertThat(second[(channel * 6 + row) * 5 + column])
              .isEqualTo(pixels[row + 6 * (column + 5 * (channel + 3))]);
        }
      }
    }
    assertThat(data.train().labels().orElseThrow().classNames()).containsExactly("1", "2", "10");
    assertThat(data.notes())
        .anyMatch(
            note -> note.contains("4 examples along its last axis; --examples says otherwise"));
  }

  @Test
  @DisplayName("of two axes has its examples along the longer one, unless labels or options tell")
  void vectors() {
    byte[] wide = matrix(LITTLE, "ff", UINT8, new int[] {2, 3}, AS_UINT8, counting(6));
    DataParts data = open(write(wide));
    assertThat(data.train().size() + data.test().size()).isEqualTo(3);
    assertThat(example(data.train(), 1)).containsExactly(2 / 255f, 3 / 255f);
    data = open(write(wide), Options.none().with("examples", "first"));
    assertThat(example(data.train(), 0)).containsExactly(0, 2 / 255f, 4 / 255f);
    byte[] labels = matrix(LITTLE, "y", UINT8, new int[] {1, 2}, AS_UINT8, new byte[] {1, 0});
    data = open(write(wide, labels));
    assertThat(example(data.train(), 0)).containsExactly(0, 2 / 255f, 4 / 255f);
    assertThat(data.train().labels().orElseThrow().label(0)).isEqualTo(1);
  }

  @Test
  @DisplayName("may be one of several in a folder, named as SVHN's are")
  void folders() {
    byte[] y = matrix(LITTLE, "y", UINT8, new int[] {2, 1}, AS_UINT8, new byte[] {1, 10});
    byte[] x = matrix(LITTLE, "X", UINT8, new int[] {6, 5, 3, 2}, AS_UINT8, counting(180));
    for (String name : new String[] {"train_32x32.mat", "test_32x32.mat", "extra_32x32.mat"}) {
      Samples.write(folder.resolve(name), mat(LITTLE, x, y));
    }
    DataParts data = open(folder);
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.test().labels().orElseThrow().classNames()).containsExactly("1", "10");
    assertThat(data.notes()).anyMatch(note -> note.contains("passed over 'extra_32x32_X'"));
  }

  @Test
  @DisplayName("of doubles that were written as bytes is one of doubles all the same")
  void compactDoubles() {
    byte[] counts = matrix(LITTLE, "data", DOUBLE, new int[] {2, 3}, AS_UINT8, counting(6));
    DataParts data = open(write(compressed(LITTLE, counts)));
    assertThat(data.train().elements()).isEqualTo(ElementKind.FLOATS);
    assertThat(example(data.test(), 0)).containsExactly(4, 5);
    byte[] bits = matrix(
        LITTLE, "data", UINT8 | LOGICAL, new int[] {2, 2}, AS_UINT8, new byte[] {0, 1, 1, 1});
    assertThat(open(write(bits)).train().elements()).isEqualTo(ElementKind.BINARY);
  }

  @Test
  @DisplayName("of a big-endian machine is read, and text and structures are passed over")
  void bigEndian() {
    ByteOrder big = ByteOrder.BIG_ENDIAN;
    double[] numbers = {0.5, 1.5, 2.5, 3.5, 4.5, 5.5};
    Path file = Samples.write(
        folder.resolve("x.mat"),
        mat(
            big,
            matrix(big, "about", CHAR, new int[] {1, 2}, 4, new byte[] {0, 'h', 0, 'i'}),
            matrix(big, "data", DOUBLE, new int[] {2, 3}, AS_DOUBLE, doubles(big, numbers))));
    DataParts data = open(file);
    assertThat(example(data.train(), 1)).containsExactly(2.5f, 3.5f);
    assertThat(data.notes()).anyMatch(note -> note.contains("passed over 'about' (unreadable)"));
  }

  @Test
  @DisplayName("that is damaged, or holds no numbers, is refused in a line")
  void refusals() {
    byte[] x = matrix(LITTLE, "X", UINT8, new int[] {2, 3}, AS_UINT8, counting(6));
    byte[] whole = mat(LITTLE, x);
    refused(Arrays.copyOf(whole, whole.length - 9), "is cut short within its array 1");
    refused(Arrays.copyOf(whole, 100), "is cut short within its header");
    refused(mat(LITTLE), "has no array in it; fetch or make the file again");
    refused(
        mat(LITTLE, matrix(LITTLE, "X", CHAR, new int[] {2, 3}, AS_UINT8, counting(6))),
        "X holds text, and no plain numbers");
    refused(
        mat(LITTLE, matrix(LITTLE, "X", UINT8, new int[] {0, 3}, AS_UINT8, new byte[0])),
        "X holds no numbers: its shape is [0, 3]");
    Path large =
        write(matrix(LITTLE, "X", UINT8, new int[] {2000000000, 3}, AS_UINT8, counting(6)));
    assertThatThrownBy(() -> open(large, Options.none().with("array", "X")))
        .hasMessageContaining("claims 6000000000 bytes of data, but 6 follow");
    Path complex =
        write(matrix(LITTLE, "X", UINT8 | 0x800, new int[] {2, 3}, AS_UINT8, counting(6)));
    assertThatThrownBy(() -> open(complex, Options.none().with("array", "X")))
        .hasMessageContaining("holds complex numbers");
  }

  private void refused(byte[] bytes, String told) {
    Path file = Samples.write(folder.resolve("x.mat"), bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(told)
        .message()
        .contains("; ")
        .doesNotContain("\n");
  }
}

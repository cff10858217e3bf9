package io.github.jvae.bench.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An NPY file")
class NpyFileTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("is, byte by byte, what numpy.save writes")
  void layout() throws IOException {
    Path file = folder.resolve("z.npy");
    NpyFile.write(file, HostTensor.of(Shape.of(2, 3), 1, -2, 0.5f, Float.NaN, 1e-40f, 6));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.write(0x93);
    expected.writeBytes("NUMPY".getBytes(StandardCharsets.US_ASCII));
    // Version 1.0; then the length of the header, 118 = 128 - 10, little-endian.
    expected.writeBytes(new byte[] {1, 0, 118, 0});
    String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    String padded = dictionary + " ".repeat(118 - 1 - dictionary.length()) + "\n";
    expected.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1)
        .putFloat(-2)
        .putFloat(0.5f)
        .putFloat(Float.NaN)
        .putFloat(1e-40f)
        .putFloat(6);
    expected.writeBytes(data.array());
    assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
  }

  @ParameterizedTest(name = "{1}")
  @DisplayName("writes shapes of any rank as Python writes tuples, and begins its data at 64")
  @CsvSource(
      delimiter = '|',
      value = {"'' | ()", "7 | (7,)", "40000,2 | (40000, 2)", "1,2,3,4 | (1, 2, 3, 4)"})
  void shapes(String extents, String tuple) throws IOException {
    int[] dimensions = extents.isEmpty()
        ? new int[0]
        : Arrays.stream(extents.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    HostTensor tensor = HostTensor.zeros(Shape.of(dimensions));
    tensor.data()[tensor.data().length - 1] = 5;
    Path file = folder.resolve("z.npy");
    NpyFile.write(file, tensor);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + bytes.getShort(8);
    assertThat(start % 64).isZero();
    assertThat(bytes.limit()).isEqualTo(start + 4 * tensor.data().length);
    assertThat(new String(bytes.array(), 10, start - 10, StandardCharsets.US_ASCII))
        .contains("'shape': " + tuple + ", }")
        .endsWith("\n");
    assertThat(bytes.getFloat(bytes.limit() - 4)).isEqualTo(5);
  }
}

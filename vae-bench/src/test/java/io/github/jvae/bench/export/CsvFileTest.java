package io.github.jvae.bench.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A CSV file")
class CsvFileTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("has a row of names and a line per row, whatever the country")
  void layout() throws IOException {
    Locale before = Locale.getDefault();
    Path file = folder.resolve("z.csv");
    HostTensor table =
        HostTensor.of(Shape.of(3, 2), 1, -0.5f, 1e-10f, Float.NaN, 0.1f, Float.MAX_VALUE);
    try {
      Locale.setDefault(Locale.GERMANY);
      CsvFile.write(file, List.of("z0", "größe"), table);
    } finally {
      Locale.setDefault(before);
    }
    assertThat(Files.readString(file))
        .isEqualTo("z0,größe\n1.0,-0.5\n1.0E-10,NaN\n0.1,3.4028235E38\n");
  }

  @Test
  @DisplayName("refuses names that do not fit the table, or would need quoting")
  void refuses() {
    Path file = folder.resolve("z.csv");
    HostTensor table = HostTensor.zeros(Shape.of(3, 2));
    assertThatThrownBy(() -> CsvFile.write(file, List.of("a"), table))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("1 column names do not fit a table of shape [3, 2]");
    assertThatThrownBy(() -> CsvFile.write(file, List.of("a", "b,c"), table))
        .isInstanceOf(VaeException.class);
    assertThatThrownBy(() -> CsvFile.write(file, List.of("a"), HostTensor.scalar(1)))
        .isInstanceOf(VaeException.class);
    assertThat(file).doesNotExist();
  }
}

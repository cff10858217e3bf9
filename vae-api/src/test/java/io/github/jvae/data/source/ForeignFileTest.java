package io.github.jvae.data.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.data.Samples;
import io.github.jvae.error.VaeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A file that is not read")
class ForeignFileTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x.mat     | 4d41544c414220372e33204d41     | is a MATLAB file of version 7.3 (HDF5)",
        "x.h5      | 894844460d0a1a0a00000000       | is an HDF5 file",
        "x.mat     | 894844460d0a1a0a00000000       | is an HDF5 file",
        "x.parquet | 5041523115041500              | is a Parquet table",
        "x.arrow   | 4152524f57310000               | is an Arrow table",
        "x.feather | 46454131000000                 | is a Feather table",
        "x.csv     | 504b030414000000               | is a ZIP archive",
        "x.txt     | 6120776f72640a616e6420616e6f74686572 | is text",
        "x.json    | 7b2261223a317d                 | is JSON text",
        "x.idx     | 3c21444f43545950452068746d6c3e | is a web page or other XML",
        "x.pkl     | 8004950000000000               | is a Python pickle",
        "x.db      | 53514c69746520666f726d6174203300 | is an SQLite database",
        "x.heic    | 00000018667479706865696300     | is a HEIC image",
        "x.mp4     | 000000186674797069736f6d00     | is a video",
        "x.zip     | 504b030414000000               | is a ZIP archive",
        "x.pt      | 504b030414000000               | is a PyTorch file",
        "x.xz      | fd377a585a000000               | is an xz archive",
        "x.bz2     | 425a6839314159                 | is a bzip2 archive",
        "x.zst     | 28b52ffd04000000               | is a Zstandard archive",
        "x.7z      | 377abcaf271c0004               | is a 7-Zip archive",
      })
  @DisplayName("is called what it is, plain or compressed, and what can be given is told")
  void known(String name, String hexadecimal, String told) {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal);
    refused(Samples.write(folder.resolve(name), bytes), told + ", which is not read; ");
    refused(
        Samples.write(folder.resolve(name + ".gz"), Samples.gzip(bytes)),
        told + ", compressed, which is not read; ");
  }

  @Test
  @DisplayName("is told by its beginning, however long it is")
  void large() throws IOException {
    byte[] json = "{\"a\": 3}\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    refused(Samples.write(folder.resolve("a.jsonl"), json), "is JSON text");
    refused(Samples.write(folder.resolve("a.jsonl.gz"), Samples.gzip(json)), "text, compressed");
    refused(
        Samples.write(folder.resolve("a.csv"), new byte[100_000]),
        "is called a table in text, but its beginning is no text; check the file");
    byte[] tar = Samples.tar(Map.of("a.png", new byte[100_000]));
    refused(Samples.write(folder.resolve("a.tar"), tar), "is a tar archive, which is not read");
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a.json"));
      out.write(json);
    }
    refused(
        Samples.write(folder.resolve("a.zip"), zip.toByteArray()),
        "is a ZIP archive, which is not read; unpack it, and give what is in it");
  }

  @Test
  @DisplayName("called an archive of arrays is told what it lacks")
  void noArrays() throws IOException {
    refused(
        Samples.write(folder.resolve("a.npz"), "hello".getBytes(StandardCharsets.US_ASCII)),
        "is called NumPy arrays in an archive, but is no archive; fetch or make the file again");
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    new ZipOutputStream(empty).close();
    refused(
        Samples.write(folder.resolve("b.npz"), empty.toByteArray()),
        "is an archive without an array in it; fetch or make the file again");
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(other)) {
      out.putNextEntry(new ZipEntry("readme.txt"));
    }
    Path texts = Samples.write(folder.resolve("c.npz"), other.toByteArray());
    assertThatThrownBy(() -> DataSource.standard().open(texts.toString()))
        .hasMessage(texts + " has no array in it; fetch or make the file again");
  }

  @Test
  @DisplayName("of arrays, but packed twice, is to be unpacked")
  void packed() {
    byte[] matlab = "MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII);
    refused(Samples.write(folder.resolve("a.mat.gz"), Samples.gzip(matlab)), "; unpack it, and");
  }

  @Test
  @DisplayName("hears what can be given")
  void cure() {
    refused(
        Samples.write(folder.resolve("a"), "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII)),
        "give one of: IDX files (*-images-idx3-ubyte[.gz]), CIFAR-10 batches (data_batch_1.bin …),"
            + " a NumPy array (.npy), NumPy arrays in an archive (.npz), a MATLAB file (.mat, up to"
            + " -v7), a table in text (.csv, .tsv, also .gz), a folder of images (PNG, JPEG, BMP,"
            + " GIF, TIFF or WebP)");
  }

  @Test
  @DisplayName("of no known kind is said to be of none")
  void unknown() {
    refused(
        Samples.write(folder.resolve("a"), new byte[] {1, 2, 3, 4, 5}),
        "is of no format that is read; give one of: ");
    refused(
        Samples.write(folder.resolve("b"), Samples.idxLabels(1, (byte) 1)), "(it holds labels)");
  }

  private static void refused(Path file, String told) {
    assertThatThrownBy(() -> DataSource.standard().open(file.toString()))
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith(file + " is ")
        .hasMessageContaining(told)
        .hasMessageContaining("; ");
  }
}

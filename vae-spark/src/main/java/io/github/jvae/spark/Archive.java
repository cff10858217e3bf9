package io.github.jvae.spark;

import io.github.jvae.error.ModelFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A folder with its sub-folders as one ZIP file, so that it is written whole or not at all. */
final class Archive {
  private Archive() {}

  /** Returns the files of a folder. */
  static byte[] of(Path folder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes);
        Stream<Path> tree = Files.walk(folder)) {
      // Weights hardly shrink, and it would take longer than to write them.
      out.setLevel(0);
      List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes the files into a folder.
   *
   * @throws ModelFileException if a file would lie outside of it
   */
  static void unpack(byte[] archive, Path folder) {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new ModelFileException("the checkpoint holds a file outside of its folder, "
              + entry.getName() + "; it is not one of jvae's");
        }
        Files.createDirectories(file.resolveSibling("."));
        Files.copy(in, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint cannot be unpacked into " + folder, e);
    }
  }
}

package io.github.jvae.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file format of PyTorch's script modules: a zip archive of uncompressed entries that hold the
 * source, the module's attributes and the constants, the latter two as Python pickles.
 */
final class ScriptArchive {
  /** The format's version, which decides about the operations' meaning. */
  private static final String VERSION = "10\n";

  /** An empty tuple: there are no constants. */
  private static final byte[] CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private ScriptArchive() {}

  /** A module without attributes. */
  static byte[] of(ScriptText text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "data.pkl", module());
      add(zip, "code/__torch__.py", text.toString().getBytes(StandardCharsets.UTF_8));
      add(zip, "constants.pkl", CONSTANTS);
      add(zip, "version", VERSION.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Protocol 2: the class, made of an empty tuple, its state an empty dictionary. */
  private static byte[] module() {
    String pickle = "\u0080\u0002c__torch__\n" + ScriptText.CLASS + "\n)\u0081}b.";
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("computation/" + name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    entry.setSize(content.length);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}

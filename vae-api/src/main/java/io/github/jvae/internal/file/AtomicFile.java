package io.github.jvae.internal.file;

import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that its name never shows half of it: the content goes to a temporary file in
 * the same folder, is made durable, and takes the name in one step. Until then, and after any
 * failure, the name holds what it held before.
 */
public final class AtomicFile {
  private static final String SUFFIX = ".tmp";

  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content; the channel is closed by the caller.
     *
     * @throws IOException if the channel does
     */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes a file, making the folders above it where they are missing. A symbolic link stays one:
   * the file it points to is replaced. A device or a pipe is written to as it is.
   *
   * @throws VaeException if it cannot be written (a full disk, no permission …); the message names
   *     the file, the fault and the cure, an earlier file is untouched and nothing is left behind
   */
  public static void write(Path file, Content content) {
    write(Disk.REAL, file, content);
  }

  /**
   * Writes bytes.
   *
   * @throws VaeException as {@link #write(Path, Content)} does
   */
  public static void write(Path file, byte[] bytes) {
    write(Disk.REAL, file, content(bytes));
  }

  public static Content content(byte[] bytes) {
    return channel -> writeFully(channel, ByteBuffer.wrap(bytes));
  }

  static void write(Disk disk, Path file, Content content) {
    try {
      if (isDevice(file)) {
        writeThrough(file, content);
      } else {
        replace(disk, Files.isSymbolicLink(file) ? file.toRealPath() : file, content);
      }
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }

  /** A device or a pipe, such as {@code /dev/stdout}: to be written to, and never replaced. */
  public static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  private static void writeThrough(Path device, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
    }
  }

  private static void replace(Disk disk, Path file, Content content) throws IOException {
    Path folder = folderOf(file);
    disk.createDirectories(folder);
    Path temporary =
        folder.resolve(prefix(String.valueOf(file.getFileName())) + UUID.randomUUID() + SUFFIX);
    boolean complete = false;
    try {
      writeNew(disk, temporary, content);
      disk.move(temporary, file);
      complete = true;
    } finally {
      if (!complete) {
        deleteQuietly(disk, temporary);
      }
    }
    disk.syncDirectory(folder);
  }

  private static String prefix(String name) {
    return "." + name + ".";
  }

  /** Whether a name is one that {@link #write} gives to a file that is not complete yet. */
  public static boolean isTemporary(String name, String candidate) {
    return candidate.startsWith(prefix(name)) && candidate.endsWith(SUFFIX);
  }

  /** Writes a file that does not exist yet, and makes it durable. */
  public static void writeNew(Disk disk, Path file, Content content) throws IOException {
    try (Disk.Output output = disk.create(file)) {
      content.writeTo(output);
      output.force();
    }
  }

  /** Writes all of a buffer; a channel may take it in pieces. */
  public static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Removes a leftover; the failure that made it a leftover is the one to report. */
  public static void deleteQuietly(Disk disk, Path path) {
    try {
      disk.delete(path);
    } catch (IOException ignored) {
      // Nothing reads a temporary file, so one that stays only takes space.
    }
  }

  /** The folder that a file lies in. */
  public static Path folderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("it is the root of the file system, not a file");
    }
    return folder;
  }
}

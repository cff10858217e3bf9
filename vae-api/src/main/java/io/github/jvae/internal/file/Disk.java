package io.github.jvae.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The operations on files that change the disk. They stand behind an interface so that tests can
 * make any one of them fail, or stop a save after it as a power cut would.
 */
public interface Disk {
  /** The disk of this machine. */
  Disk REAL = new Real();

  /** Opens a file that does not exist yet. */
  Output create(Path file) throws IOException;

  /** Makes a folder and those above it, where they are missing. */
  void createDirectories(Path directory) throws IOException;

  /** Renames in one step; a file of that name is replaced. */
  void move(Path from, Path to) throws IOException;

  /** Removes a file or an empty folder, if it is there. */
  void delete(Path path) throws IOException;

  /** Makes the names in a folder durable, where the system can. */
  void syncDirectory(Path directory) throws IOException;

  /** A file being written. */
  interface Output extends WritableByteChannel {
    /** Makes what was written durable. */
    void force() throws IOException;
  }

  /** The disk of this machine. */
  final class Real implements Disk {
    @Override
    public Output create(Path file) throws IOException {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new Output() {
        @Override
        public int write(ByteBuffer source) throws IOException {
          return channel.write(source);
        }

        @Override
        public void force() throws IOException {
          channel.force(true);
        }

        @Override
        public boolean isOpen() {
          return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
          channel.close();
        }
      };
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
      // Files.createDirectories refuses a link to a folder that is there; such a link is fine here.
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
      }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
      Files.deleteIfExists(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      FileChannel channel;
      try {
        channel = FileChannel.open(directory, StandardOpenOption.READ);
      } catch (IOException e) {
        // Windows does not open folders, and makes their names durable by itself.
        return;
      }
      try (channel) {
        channel.force(true);
      }
    }
  }
}

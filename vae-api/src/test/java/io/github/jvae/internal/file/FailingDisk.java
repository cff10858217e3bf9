package io.github.jvae.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A disk that is full at its n-th operation, and from then on if it stands for a crash. It does not
 * wait for the hardware: what a test reads back is in the system's memory anyway.
 */
public final class FailingDisk implements Disk {
  public static final String FAULT = "No space left on device";

  private final int failing;
  private final boolean crash;
  private int operations;

  private FailingDisk(int failing, boolean crash) {
    this.failing = failing;
    this.crash = crash;
  }

  /** No operation fails. */
  public static FailingDisk neverFails() {
    return new FailingDisk(Integer.MAX_VALUE, false);
  }

  /** One operation fails; those after it, such as clearing up, succeed. */
  public static FailingDisk failsOnceAt(int operation) {
    return new FailingDisk(operation, false);
  }

  /** As if the power went: nothing succeeds from this operation on. */
  public static FailingDisk crashesAt(int operation) {
    return new FailingDisk(operation, true);
  }

  /** Whether the failing operation was reached. */
  public boolean failed() {
    return operations >= failing;
  }

  private void next() throws IOException {
    operations++;
    if (operations == failing || (crash && operations > failing)) {
      throw new IOException(FAULT);
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    next();
    Output output = REAL.create(file);
    return new Output() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        try {
          next();
        } catch (IOException e) {
          // A full disk takes what still fits.
          output.write(source.duplicate().limit(source.position() + source.remaining() / 2));
          throw e;
        }
        return output.write(source);
      }

      @Override
      public void force() throws IOException {
        next();
      }

      @Override
      public boolean isOpen() {
        return output.isOpen();
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    next();
    REAL.createDirectories(directory);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    next();
    REAL.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    next();
    REAL.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    next();
  }
}

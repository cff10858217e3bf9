package io.github.jvae.bench.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The standard output, which remembers why it could not be written. A reader that has left, as in
 * {@code vae data shapes | head -1}, is no fault: it has read what it wanted. A full disk is one.
 */
public final class StandardOutput extends OutputStream {
  private static final int KIND_OF_FILE = 0xF000;
  private static final int PIPE = 0x1000;
  private static final int SOCKET = 0xC000;

  private final OutputStream target;
  private final boolean hasReader;
  private @Nullable IOException fault;

  /** The standard output of this process. */
  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out), isPipe(Path.of("/dev/stdout")));
  }

  /** @param hasReader whether the target is a pipe, to which only a reader that left is a fault */
  StandardOutput(OutputStream target, boolean hasReader) {
    this.target = target;
    this.hasReader = hasReader;
  }

  /** Asked of the system where it tells, as the words of its faults are in the user's language. */
  private static boolean isPipe(Path standardOutput) {
    try {
      int mode = (Integer) Files.getAttribute(standardOutput, "unix:mode") & KIND_OF_FILE;
      return mode == PIPE || mode == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Prints lines to this, each at once. */
  public PrintWriter writer() {
    return new PrintWriter(this, true, Terminal.charset());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      fault = fault == null ? e : fault;
      throw e;
    }
  }

  /** Why output was lost, unless its reader simply left; null if none was. */
  public @Nullable String loss() {
    String reason = fault == null ? null : String.valueOf(fault.getMessage());
    boolean left =
        hasReader || (reason != null && reason.toLowerCase(Locale.ROOT).contains("pipe"));
    return left ? null : reason;
  }
}

package io.github.jvae.bench.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The standard output, which remembers why it could not be written: a reader that has left, as in
 * {@code vae data shapes | head -1}, is no fault; a full disk is.
 */
public final class StandardOutput extends OutputStream {
  private final OutputStream target;
  private @Nullable IOException fault;

  /** The standard output of this process. */
  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream target) {
    this.target = target;
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

  /** Whether everything arrived. */
  public boolean isSound() {
    return fault == null;
  }

  /** Why output was lost, unless its reader simply left; null if none was. */
  public @Nullable String loss() {
    String reason = fault == null ? null : String.valueOf(fault.getMessage());
    return reason == null || reason.toLowerCase(Locale.ROOT).contains("pipe") ? null : reason;
  }
}

package io.github.jvae.tensor;

import io.github.jvae.error.VaeException;

/** Shapes that do not fit; the message names the operation, the shapes and the component. */
public final class ShapeException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** @param message one line that names the operation and the shapes */
  public ShapeException(String message) {
    super(message);
  }
}

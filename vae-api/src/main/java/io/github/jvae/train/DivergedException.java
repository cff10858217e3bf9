package io.github.jvae.train;

import io.github.jvae.error.VaeException;

/** The loss or a weight is no longer a finite number; training further would be in vain. */
public final class DivergedException extends VaeException {
  private static final long serialVersionUID = 1L;

  private final long step;

  DivergedException(long step, String what, String cure, String kept) {
    super("training diverged at step " + step + ": " + what + "; " + cure + "; " + kept);
    this.step = step;
  }

  /** The step it was noticed at, counted from 1. */
  public long step() {
    return step;
  }
}

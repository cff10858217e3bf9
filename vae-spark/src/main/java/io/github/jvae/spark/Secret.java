package io.github.jvae.spark;

import java.io.Serializable;
import java.security.SecureRandom;

/** What the workers of a job know and nobody else; travels with the job's tasks. */
final class Secret implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BYTES = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Makes one that nobody can guess. */
  static Secret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "a secret";
  }
}

package io.github.jvae.data.internal;

/** How files of a format begin. */
public final class Signature {
  private Signature() {}

  /**
   * Whether content begins so.
   *
   * @param signature a character per byte, from 0 to 255; a question mark stands for any byte
   */
  public static boolean matches(String signature, byte[] content) {
    return matches(signature, content, 0);
  }

  /** Whether content holds a signature at some place. */
  public static boolean matches(String signature, byte[] content, int offset) {
    if (content.length - offset < signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      char wanted = signature.charAt(i);
      if (wanted != '?' && wanted != (content[offset + i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}

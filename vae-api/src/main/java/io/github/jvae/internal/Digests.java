package io.github.jvae.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of bytes and files, in hexadecimal. */
public final class Digests {
  public static final String SHA_256 = "SHA-256";
  public static final String MD5 = "MD5";

  private Digests() {}

  public static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String ofFile(Path file, String algorithm) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ofStream(in, algorithm, Long.MAX_VALUE);
    }
  }

  /** Returns the digest of the first bytes of a stream, at most so many. */
  public static String ofStream(InputStream in, String algorithm, long most) throws IOException {
    MessageDigest digest = of(algorithm);
    byte[] buffer = new byte[1 << 16];
    long left = most;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        break;
      }
      digest.update(buffer, 0, count);
      left -= count;
    }
    return hex(digest);
  }
}

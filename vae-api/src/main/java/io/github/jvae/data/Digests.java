package io.github.jvae.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of bytes and files, in hexadecimal. */
final class Digests {
  static final String SHA_256 = "SHA-256";
  static final String MD5 = "MD5";

  private Digests() {}

  static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String ofFile(Path file, String algorithm) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ofStream(in, algorithm);
    }
  }

  static String ofStream(InputStream in, String algorithm) throws IOException {
    MessageDigest digest = of(algorithm);
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return hex(digest);
  }
}

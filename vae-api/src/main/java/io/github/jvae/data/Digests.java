package io.github.jvae.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
      return ofStream(in, algorithm, Long.MAX_VALUE);
    }
  }

  /**
   * Returns the fingerprint that {@link Examples#sha256} describes, of examples of any kind.
   *
   * @param examples are read once
   */
  static String ofExamples(Examples examples) {
    MessageDigest digest = of(SHA_256);
    int each = examples.shape().size();
    String line = examples.shape() + " x " + examples.size() + " " + examples.elements() + "\n";
    digest.update(line.getBytes(StandardCharsets.US_ASCII));
    float[] numbers = new float[each];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, numbers, 0);
      digest.update(bytes(numbers));
      if (examples.mask().isPresent()) {
        examples.mask().get().read(i, numbers, 0);
        digest.update(bytes(numbers));
      }
    }
    return hex(digest);
  }

  private static byte[] bytes(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  /** Returns the digest of the first bytes of a stream, at most so many. */
  static String ofStream(InputStream in, String algorithm, long most) throws IOException {
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

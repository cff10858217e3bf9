package io.github.jvae.data;

import io.github.jvae.internal.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The fingerprint of examples of any kind. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Returns the fingerprint that {@link Examples#sha256} describes, of examples of any kind.
   *
   * @param examples are read once
   */
  static String of(Examples examples) {
    MessageDigest digest = Digests.of(Digests.SHA_256);
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
    return Digests.hex(digest);
  }

  private static byte[] bytes(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }
}

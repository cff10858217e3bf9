package io.github.jvae.bench.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What is answered. */
public final class WebAnswer {
  private final String type;
  private final byte[] body;

  /**
   * @param type of the content, as {@code Content-Type} has it
   * @param body the content; not copied
   */
  public WebAnswer(String type, byte[] body) {
    this.type = type;
    this.body = body;
  }

  /** Returns the type of the content. */
  String type() {
    return type;
  }

  /** Returns the content; not a copy. */
  byte[] body() {
    return body;
  }

  /** Returns JSON. */
  public static WebAnswer of(JsonNode json) {
    return new WebAnswer(
        "application/json; charset=utf-8", json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns numbers, each four bytes, the lowest first: what {@code Float32Array} reads. */
  public static WebAnswer of(float[]... parts) {
    int count = 0;
    for (float[] part : parts) {
      count += part.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] part : parts) {
      bytes.asFloatBuffer().put(part);
      bytes.position(bytes.position() + Float.BYTES * part.length);
    }
    return new WebAnswer("application/octet-stream", bytes.array());
  }
}

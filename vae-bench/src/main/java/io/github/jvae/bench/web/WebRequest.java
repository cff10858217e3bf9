package io.github.jvae.bench.web;

import io.github.jvae.internal.Quote;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked for. */
public final class WebRequest {
  private static final int MOST_MEMBERS = 100;

  private final String path;
  private final Map<String, String> query;
  private final byte[] body;

  /**
   * @param path after the token, without a slash in front
   * @param query what follows the question mark, by name
   * @param body what was sent, if anything; not copied
   */
  WebRequest(String path, Map<String, String> query, byte[] body) {
    this.path = path;
    this.query = Collections.unmodifiableMap(query);
    this.body = body;
  }

  /** Returns the path after the token, without a slash in front. */
  public String path() {
    return path;
  }

  /** Returns what follows the question mark, by name, in its order. */
  public Map<String, String> query() {
    return query;
  }

  /** Returns whether anything was sent. */
  public boolean hasBody() {
    return body.length > 0;
  }

  /**
   * Takes a query apart.
   *
   * @throws WebFault if it is none
   */
  static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    String[] members = raw.split("&", -1);
    if (members.length > MOST_MEMBERS) {
      throw new WebFault(400, "a query has at most " + MOST_MEMBERS + " members");
    }
    for (String member : members) {
      int equal = member.indexOf('=');
      query.put(
          decoded(equal < 0 ? member : member.substring(0, equal)),
          equal < 0 ? "" : decoded(member.substring(equal + 1)));
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new WebFault(400, "a query cannot be read: " + e.getMessage());
    }
  }

  /** Returns a text of the query. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * Returns a whole number of the query.
   *
   * @param otherwise where there is none
   * @throws WebFault if it is none within the limits
   */
  public int integer(String name, int least, int most, int otherwise) {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new WebFault(
        400,
        name + " must be a whole number from " + least + " to " + most + ", not " + Quote.of(text));
  }

  /**
   * Returns a number of the query.
   *
   * @param otherwise where there is none
   * @throws WebFault if it is none within the limits
   */
  public double number(String name, double least, double most, double otherwise) {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new WebFault(
        400, name + " must be a number from " + least + " to " + most + ", not " + Quote.of(text));
  }

  /**
   * Returns the body as numbers of four bytes each, the lowest first.
   *
   * @throws WebFault if it is none
   */
  public float[] floats() {
    if (body.length % Float.BYTES != 0) {
      throw new WebFault(
          400, "the body must be numbers of four bytes each, not " + body.length + " bytes");
    }
    float[] numbers = new float[body.length / Float.BYTES];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }
}

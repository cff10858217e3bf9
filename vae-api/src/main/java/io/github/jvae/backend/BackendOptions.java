package io.github.jvae.backend;

import io.github.jvae.error.BackendException;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is told when it starts; made by a {@link #builder}.
 *
 * @param threads processor threads for one operation; 0 leaves it to the engine
 * @param precision the precision of matrix products
 * @param device where to compute, such as {@code cpu}, {@code gpu} or {@code gpu:1}; null leaves it
 *     to the backend
 * @param properties what only one engine understands, by the keys that its backend documents
 */
public record BackendOptions(
    int threads, Precision precision, @Nullable String device, Map<String, String> properties) {
  /** More than any processor has use for; with tens of thousands engines hang or crash. */
  public static final int MOST_THREADS = 1024;

  private static final Pattern DEVICE = Pattern.compile("[a-z]+(:\\d{1,4})?");

  /**
   * @throws VaeException if the number of threads is negative or above {@link #MOST_THREADS}, or
   *     the device is no word
   */
  public BackendOptions {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new ConfigurationException(
          "threads must be from 0 (the engine's choice) to " + MOST_THREADS + ", not " + threads
              + "; more than there are processors make nothing faster");
    }
    if (device != null && !DEVICE.matcher(device).matches()) {
      throw new ConfigurationException(
          "a device must be a word such as cpu, gpu or gpu:1, not " + Quote.of(device));
    }
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** Returns as many threads as the engine likes, single precision, the backend's own device. */
  public static BackendOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that begins with the {@link #defaults}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that begins with these. */
  public Builder toBuilder() {
    Builder builder = new Builder().threads(threads).precision(precision).device(device);
    properties.forEach(builder::property);
    return builder;
  }

  /**
   * Returns the device that was asked for, or the first one there is.
   *
   * @param backend for the message
   * @param devices what the backend can compute on here, at least one
   * @throws VaeException if the one asked for is none of them; the message lists them
   */
  public String deviceAmong(String backend, List<String> devices) {
    if (device == null || devices.contains(device)) {
      return device == null ? devices.get(0) : device;
    }
    throw new BackendException("backend " + backend + " has no device " + device + " here; it has "
        + String.join(", ", devices));
  }

  /**
   * Checks that a backend understands all properties.
   *
   * @param backend for the message
   * @param known the keys it documents
   * @throws VaeException if there is another; the message lists the known ones
   */
  public void requireKnownProperties(String backend, Set<String> known) {
    TreeSet<String> unknown = new TreeSet<>(properties.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new BackendException("backend " + backend + " has no engine property "
          + Quote.list(unknown) + "; it has "
          + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
    }
  }

  /** Collects options; what is not said is as in the {@link #defaults}. */
  public static final class Builder {
    private int threads;
    private Precision precision = Precision.FLOAT32;
    private @Nullable String device;
    private final Map<String, String> properties = new TreeMap<>();

    private Builder() {}

    /** Sets the processor threads for one operation; 0 leaves it to the engine. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /** Sets the precision of matrix products. */
    public Builder precision(Precision value) {
      precision = value;
      return this;
    }

    /** Sets where to compute; null leaves it to the backend. */
    public Builder device(@Nullable String name) {
      device = name;
      return this;
    }

    /** Sets what only one engine understands. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws VaeException if one is out of range
     */
    public BackendOptions build() {
      return new BackendOptions(threads, precision, device, properties);
    }
  }
}

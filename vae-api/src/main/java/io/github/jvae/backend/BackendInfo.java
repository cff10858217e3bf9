package io.github.jvae.backend;

/**
 * What computes, for reports and provenance.
 *
 * @param name the backend, such as {@code tensorflow}
 * @param engine the engine and its version, such as {@code TensorFlow 2.18.0}
 * @param binding the Java binding and its version
 * @param device where it computes, such as {@code cpu}
 * @param threads processor threads for one operation
 * @param precision in which it computes
 */
public record BackendInfo(
    String name, String engine, String binding, String device, int threads, Precision precision) {}

package io.github.jvae.bench.web;

/** Answers requests, of several threads at once. */
@FunctionalInterface
public interface WebHandler {
  /**
   * Answers a request.
   *
   * @throws WebFault if it cannot be answered
   * @throws io.github.jvae.error.VaeException if what it asks for cannot be done
   */
  WebAnswer answer(WebRequest request);
}

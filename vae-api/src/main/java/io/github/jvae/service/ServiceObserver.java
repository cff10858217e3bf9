package io.github.jvae.service;

/** Is told of what a service does, by the threads that do it. */
interface ServiceObserver {
  /** A request was answered, so long after it was made. */
  void answered(long nanos);

  /** So many examples were computed together. */
  void computed(int examples);

  /** There was no room for a request. */
  void rejected();
}

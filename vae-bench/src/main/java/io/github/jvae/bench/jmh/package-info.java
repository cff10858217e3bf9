/**
 * JMH benchmarks of the engines: the training step, the encoder and the decoder, in JVMs that JMH
 * forks.
 *
 * <p>Engines are reached through one interface, {@link io.github.jvae.backend.BackendModule}, and
 * each backend's module is its adapter: all are asked for the same work in the same words, and a
 * backend that somebody else wrote is benchmarked once its jar is there.
 *
 * <p>May use {@code speed} and everything of the API.
 */
@NullMarked
package io.github.jvae.bench.jmh;

import org.jspecify.annotations.NullMarked;

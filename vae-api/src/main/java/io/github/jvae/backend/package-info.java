/**
 * What computes: the interface an engine implements ({@link io.github.jvae.backend.Backend}), how
 * it is found ({@link io.github.jvae.backend.BackendModule},
 * {@link io.github.jvae.backend.Backends}) and what it is told
 * ({@link io.github.jvae.backend.BackendOptions}).
 *
 * <p>May use {@code plugin}, {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.backend;

import org.jspecify.annotations.NullMarked;

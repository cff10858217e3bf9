/**
 * What computes: the interface an engine implements ({@link io.github.jvae.backend.Backend}), how
 * it is found ({@link io.github.jvae.backend.BackendModule},
 * {@link io.github.jvae.backend.Backends}) and what it is told
 * ({@link io.github.jvae.backend.BackendOptions}). With it comes what engines with native code have
 * in common ({@link io.github.jvae.backend.NativeFolder},
 * {@link io.github.jvae.backend.FreedMemory}).
 *
 * <p>May use {@code plugin}, {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.backend;

import org.jspecify.annotations.NullMarked;

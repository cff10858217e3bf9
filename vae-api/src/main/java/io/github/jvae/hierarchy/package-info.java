/**
 * Models with several groups of latent variables, one drawn given those above it.
 *
 * <p>May use {@code architecture}, {@code prior}, {@code posterior}, {@code plugin}, {@code model}
 * and everything below.
 */
@NullMarked
package io.github.jvae.hierarchy;

import org.jspecify.annotations.NullMarked;

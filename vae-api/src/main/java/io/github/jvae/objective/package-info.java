/**
 * The catalogue of objectives, written over portable tensors: each runs on every engine. May use
 * {@code model}, {@code plugin} and everything below.
 */
@NullMarked
package io.github.jvae.objective;

import org.jspecify.annotations.NullMarked;

/**
 * The catalogue of priors, written over portable tensors: each runs on every engine. May use
 * {@code flow}, {@code model}, {@code plugin} and everything below.
 */
@NullMarked
package io.github.jvae.prior;

import org.jspecify.annotations.NullMarked;

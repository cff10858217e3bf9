/**
 * The catalogue of likelihoods, written over portable tensors: each runs on every engine. May use
 * {@code model}, {@code plugin} and everything below.
 */
@NullMarked
package io.github.jvae.likelihood;

import org.jspecify.annotations.NullMarked;

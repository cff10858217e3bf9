/**
 * The catalogue of architectures: encoders and decoders by name, made of layers that every engine
 * computes natively. May use {@code plugin}, {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.architecture;

import org.jspecify.annotations.NullMarked;

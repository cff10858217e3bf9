/**
 * How much what a model makes is like the data: distances between real and generated examples in
 * the features of a network, or in their own numbers. May use everything below
 * {@link io.github.jvae.Vae}, that itself, and networks of ONNX files.
 */
@NullMarked
package io.github.jvae.generation;

import org.jspecify.annotations.NullMarked;

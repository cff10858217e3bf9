/**
 * How much what a model makes is like the data: distances between real and generated examples in
 * the features of a classifier. May use everything below {@link io.github.jvae.Vae} and that
 * itself.
 */
@NullMarked
package io.github.jvae.generation;

import org.jspecify.annotations.NullMarked;

/**
 * Pictures of what a model does: grids of samples, reconstructions and interpolations.
 *
 * <p>May use {@code chart}, and {@code tensor}, {@code error} and {@code checkpoint} of the API.
 */
@NullMarked
package io.github.jvae.bench.image;

import org.jspecify.annotations.NullMarked;

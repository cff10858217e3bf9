/**
 * How far a model keeps what it promises: whether its posteriors are those of its own decoder, and
 * whether all posteriors together are the prior. May use everything below
 * {@link io.github.jvae.Vae}, and {@code generation}'s distances.
 */
@NullMarked
package io.github.jvae.calibration;

import org.jspecify.annotations.NullMarked;

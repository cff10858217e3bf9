/**
 * Using and judging a trained model: {@link io.github.jvae.evaluate.Inference} encodes, decodes and
 * samples, {@link io.github.jvae.evaluate.Evaluator} computes the bound on a data set. May use
 * {@code backend}, {@code objective}, {@code data} and everything below.
 */
@NullMarked
package io.github.jvae.evaluate;

import org.jspecify.annotations.NullMarked;

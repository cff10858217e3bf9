/**
 * Using and judging a trained model: {@link io.github.jvae.evaluate.Inference} encodes, decodes and
 * samples; {@link io.github.jvae.evaluate.Evaluator} computes the bound on a data set;
 * {@link io.github.jvae.evaluate.LogLikelihoodEstimator} estimates log p(x) itself;
 * {@link io.github.jvae.evaluate.AnomalyScorer} scores how anomalous examples are;
 * {@link io.github.jvae.evaluate.Inspector} looks at latent dimensions and reconstructions;
 * {@link io.github.jvae.evaluate.BoundChain} shows how all these hang together. May use
 * {@code backend}, {@code objective}, {@code data} and everything below.
 *
 * <p>All log-probabilities are in nats per example, with natural logarithms, and higher is better;
 * scores of anomaly are negatives of them.
 */
@NullMarked
package io.github.jvae.evaluate;

import org.jspecify.annotations.NullMarked;

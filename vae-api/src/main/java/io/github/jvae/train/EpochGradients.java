package io.github.jvae.train;

/**
 * What the gradients of an epoch's steps were, of one optimizer.
 *
 * @param meanNorm the mean of the L2 norms of all gradients of a step together, before they were
 *     limited, over the steps where it was finite; not a number if there were none
 * @param greatestNorm the greatest of those
 * @param skipped how many steps were skipped, for a norm that was too great or not finite
 */
public record EpochGradients(double meanNorm, double greatestNorm, long skipped) {}

package io.github.jvae.calibration;

import io.github.jvae.generation.KernelDistance;

/**
 * How all posteriors together, {@code q(z) = E_x q(z|x)}, compare with the prior, in nats per
 * example. Of N examples two estimates of log q(z) are made at draws from their posteriors: the
 * mixture of all N posteriors, with that which was drawn from (minibatch weighting, with the whole
 * set as the batch), is too high on average, and the mixture of the N - 1 others is too low. So
 * each of the two quantities lies between two estimates, in expectation; both come closer with more
 * examples. Those of mutual information are the bounds of Poole et al., "On variational bounds of
 * mutual information", 2019, section 2.
 *
 * @param examples N
 * @param rate {@code E KL(q(z|x) ‖ p(z))}, as drawn: the sum of a mutual information and the
 *     divergence beside it (Hoffman and Johnson, "ELBO surgery", 2016)
 * @param informationAtLeast {@code I(x; z) = E KL(q(z|x) ‖ q(z))} by the mixture of all: too low,
 *     and never above log N
 * @param informationAtMost the same by the mixture of the others: too high
 * @param divergenceAtLeast {@code KL(q(z) ‖ p(z))} by the mixture of the others: too low, and it
 *     may be below 0
 * @param divergenceAtMost the same by the mixture of all: too high, by the information that is
 *     missing above
 * @param discrepancy the squared maximum mean discrepancy between draws of q(z) and of p(z), an
 *     unbiased estimate with the inverse multiquadratic kernel; 0 in expectation where they are one
 * @param holes the share of draws from the prior where posteriors hardly ever lie
 * @param holeQuantile what counts as that: where the mixture of posteriors is less dense than at
 *     this share of draws from posteriors, each left out of the mixture; so it is the share that is
 *     expected where q(z) is p(z)
 */
public record AggregateFindings(
    int examples,
    Estimate rate,
    Estimate informationAtLeast,
    Estimate informationAtMost,
    Estimate divergenceAtLeast,
    Estimate divergenceAtMost,
    KernelDistance discrepancy,
    Estimate holes,
    double holeQuantile) {}

package io.github.jvae.backend;

/**
 * What the gradients of a step were.
 *
 * @param value the L2 norm of all of them together, before it was limited; may be infinite or not a
 *     number
 * @param skipped whether the step was skipped for it, see {@link GradientLimits#skipAbove}
 */
public record GradientNorm(double value, boolean skipped) {}

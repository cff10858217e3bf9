/**
 * Families of approximate posteriors {@code q(z|x)}, over portable tensors.
 *
 * <p>Every draw is a pure and differentiable function of standard normal noise. For a von
 * Mises–Fisher distribution, that is why its usual sampler is not taken: rejection would need the
 * noise of as many proposals as make a failure all but impossible, and its gradient a further term
 * of what is done with the draw (Naesseth et al., "Reparameterization gradients through
 * acceptance-rejection sampling algorithms", 2017), which a posterior does not see. The inverse of
 * the distribution function, by quadrature, takes as many numbers as there are dimensions and has
 * the whole gradient by itself.
 *
 * <p>May use {@code flow}, {@code plugin}, {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.posterior;

import org.jspecify.annotations.NullMarked;

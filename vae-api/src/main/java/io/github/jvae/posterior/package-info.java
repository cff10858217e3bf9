/**
 * Families of approximate posteriors {@code q(z|x)}, over portable tensors.
 *
 * <p>May use {@code flow}, {@code plugin}, {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.posterior;

import org.jspecify.annotations.NullMarked;

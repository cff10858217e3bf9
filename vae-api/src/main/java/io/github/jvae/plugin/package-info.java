/**
 * Extension: a jar on the classpath contributes named priors, likelihoods, objectives and
 * architectures through a {@link io.github.jvae.plugin.Plugin}, and
 * {@link io.github.jvae.plugin.Catalogue} finds them by name.
 *
 * <p>May use {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.plugin;

import org.jspecify.annotations.NullMarked;

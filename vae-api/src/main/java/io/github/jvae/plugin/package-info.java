/**
 * Extension: a jar on the classpath contributes named components through a
 * {@link io.github.jvae.plugin.Plugin}, each of a {@link io.github.jvae.plugin.Kind}, and
 * {@link io.github.jvae.plugin.Catalogue} finds them by name.
 *
 * <p>May use {@code model} and everything below.
 */
@NullMarked
package io.github.jvae.plugin;

import org.jspecify.annotations.NullMarked;

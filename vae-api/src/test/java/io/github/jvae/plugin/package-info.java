/** Tests of {@link io.github.jvae.plugin}. */
@NullMarked
package io.github.jvae.plugin;

import org.jspecify.annotations.NullMarked;

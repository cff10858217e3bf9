/** Tests of {@link io.github.jvae.objective}. */
@NullMarked
package io.github.jvae.objective;

import org.jspecify.annotations.NullMarked;

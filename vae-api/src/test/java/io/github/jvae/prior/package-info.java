/** Tests of {@link io.github.jvae.prior}. */
@NullMarked
package io.github.jvae.prior;

import org.jspecify.annotations.NullMarked;

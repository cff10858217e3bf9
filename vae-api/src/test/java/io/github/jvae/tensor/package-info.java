/** Tests of {@link io.github.jvae.tensor}. */
@NullMarked
package io.github.jvae.tensor;

import org.jspecify.annotations.NullMarked;

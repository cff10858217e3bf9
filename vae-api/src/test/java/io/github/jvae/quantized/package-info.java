/** Tests of {@link io.github.jvae.quantized}. */
@NullMarked
package io.github.jvae.quantized;

import org.jspecify.annotations.NullMarked;

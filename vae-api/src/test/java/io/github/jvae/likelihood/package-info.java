/** Tests of {@link io.github.jvae.likelihood}. */
@NullMarked
package io.github.jvae.likelihood;

import org.jspecify.annotations.NullMarked;

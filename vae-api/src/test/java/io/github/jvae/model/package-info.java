/** Tests of {@link io.github.jvae.model}. */
@NullMarked
package io.github.jvae.model;

import org.jspecify.annotations.NullMarked;

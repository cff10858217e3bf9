/** Tests of the reproducible random numbers. */
@NullMarked
package io.github.jvae.random;

import org.jspecify.annotations.NullMarked;

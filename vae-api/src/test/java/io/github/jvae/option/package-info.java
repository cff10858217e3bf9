/** Tests of the package. */
@NullMarked
package io.github.jvae.option;

import org.jspecify.annotations.NullMarked;

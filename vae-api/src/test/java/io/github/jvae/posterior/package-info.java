/** Tests of the package of the same name. */
@NullMarked
package io.github.jvae.posterior;

import org.jspecify.annotations.NullMarked;

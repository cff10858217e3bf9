/** Tests of the package of the same name. */
@NullMarked
package io.github.jvae.flow;

import org.jspecify.annotations.NullMarked;

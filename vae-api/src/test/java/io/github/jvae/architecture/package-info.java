/** The order of the packages, as a test. */
@NullMarked
package io.github.jvae.architecture;

import org.jspecify.annotations.NullMarked;

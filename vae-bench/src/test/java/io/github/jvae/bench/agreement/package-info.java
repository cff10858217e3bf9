/** Tests that the backends compute the same. */
@NullMarked
package io.github.jvae.bench.agreement;

import org.jspecify.annotations.NullMarked;

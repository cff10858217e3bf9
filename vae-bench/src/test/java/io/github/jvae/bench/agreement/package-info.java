/** Tests that the engines compute the same thing. */
@NullMarked
package io.github.jvae.bench.agreement;

import org.jspecify.annotations.NullMarked;

/** Tests of what all modules together need of each other. */
@NullMarked
package io.github.jvae.bench.architecture;

import org.jspecify.annotations.NullMarked;

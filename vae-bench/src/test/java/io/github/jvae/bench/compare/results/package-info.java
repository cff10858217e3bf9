/** Tests of the file that keeps a comparison's results. */
@NullMarked
package io.github.jvae.bench.compare.results;

import org.jspecify.annotations.NullMarked;

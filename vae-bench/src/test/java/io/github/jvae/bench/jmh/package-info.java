/** Tests of the benchmarks' running, not of their speed. */
@NullMarked
package io.github.jvae.bench.jmh;

import org.jspecify.annotations.NullMarked;

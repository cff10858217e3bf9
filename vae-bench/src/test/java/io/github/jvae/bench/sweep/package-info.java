/** Tests of sweeps, with meters and processes that only pretend to measure. */
@NullMarked
package io.github.jvae.bench.sweep;

import org.jspecify.annotations.NullMarked;

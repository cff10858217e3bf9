/** Tests of charts by what is drawn where. */
@NullMarked
package io.github.jvae.bench.chart;

import org.jspecify.annotations.NullMarked;

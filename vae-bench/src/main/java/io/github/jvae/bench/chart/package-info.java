/**
 * Charts: drawn once, as marks on a plane, and written as SVG for a page (where a style sheet gives
 * the colours) or as a PNG picture. Knows nothing of what the numbers mean.
 *
 * <p>May use {@code error} of the API.
 */
@NullMarked
package io.github.jvae.bench.chart;

import org.jspecify.annotations.NullMarked;

/**
 * Numbers for other programs: NPY files for NumPy, CSV files for everything else.
 *
 * <p>May use {@code tensor}, {@code column}, {@code error}, {@code data}, {@code evaluate} and
 * {@code checkpoint} of the API.
 */
@NullMarked
package io.github.jvae.bench.export;

import org.jspecify.annotations.NullMarked;

/**
 * The results of a comparison, as {@code results.json} keeps them: records with the unit in each
 * quantity's name, and the file's reader and writer. What was not measured is null, and what came
 * out as no number is NaN.
 *
 * <p>May use {@code checkpoint} and {@code error} of the API.
 */
@NullMarked
package io.github.jvae.bench.compare.results;

import org.jspecify.annotations.NullMarked;

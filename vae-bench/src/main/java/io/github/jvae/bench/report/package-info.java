/**
 * The report of a comparison, made from its results: what is said of them, section by section.
 *
 * <p>May use {@code report.page}, {@code chart}, {@code sweep}, {@code compare.results}, and
 * {@code checkpoint} and {@code error} of the API.
 */
@NullMarked
package io.github.jvae.bench.report;

import org.jspecify.annotations.NullMarked;

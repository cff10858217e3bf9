/**
 * A document of sections, charts, tables and pictures, written as one HTML page that needs nothing
 * else, or as Markdown beside its pictures. Knows nothing of what the numbers mean.
 *
 * <p>May use {@code chart}, and {@code error} of the API.
 */
@NullMarked
package io.github.jvae.bench.report.page;

import org.jspecify.annotations.NullMarked;

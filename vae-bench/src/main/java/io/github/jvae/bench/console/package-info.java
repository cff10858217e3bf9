/**
 * What a person or a pipe sees of the command line: lines, results as JSON, progress bars, failures
 * in one line, and what Ctrl-C does. Nothing else writes to the standard streams.
 *
 * <p>May use {@code train}, {@code evaluate}, {@code data} and {@code error} of the API.
 */
@NullMarked
package io.github.jvae.bench.console;

import org.jspecify.annotations.NullMarked;

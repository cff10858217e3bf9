/**
 * What surrounds a training started from the command line: the folder it writes to, the provenance
 * it leaves there, and the checks before it goes on from a checkpoint.
 *
 * <p>May use {@code console}, {@code tracking} and everything of the API.
 */
@NullMarked
package io.github.jvae.bench.training;

import org.jspecify.annotations.NullMarked;

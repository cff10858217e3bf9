/**
 * The commands, one class each: they read options, call the API and say what came of it.
 *
 * <p>May use everything but the class with {@code main}.
 */
@NullMarked
package io.github.jvae.bench.command;

import org.jspecify.annotations.NullMarked;

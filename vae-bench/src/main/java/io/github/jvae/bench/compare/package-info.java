/**
 * Engines side by side: the same model, trained from the same weights on the same numbers, by each
 * engine in processes of its own, in turns. What a process does and tells, how processes are
 * started and watched, and what is made of it.
 *
 * <p>May use {@code compare.results}, {@code fork}, {@code image}, {@code speed}, {@code training}
 * and everything of the API.
 */
@NullMarked
package io.github.jvae.bench.compare;

import org.jspecify.annotations.NullMarked;

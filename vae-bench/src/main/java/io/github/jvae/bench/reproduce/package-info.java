/**
 * Published figures and how this program comes to them: recipes read from files, what a run of one
 * found, and the early curves by which learning itself is checked.
 *
 * <p>Uses {@code training} and everything of the API; {@code vae reproduce} runs the recipes.
 */
@NullMarked
package io.github.jvae.bench.reproduce;

import org.jspecify.annotations.NullMarked;

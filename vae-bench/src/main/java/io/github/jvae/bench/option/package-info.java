/**
 * The options that several commands share, each group a picocli mixin that also makes of them what
 * the API takes: a data set, a model's configuration, training options.
 *
 * <p>May use {@code console}, {@code tracking}, {@code training}, {@code speed}, {@code sweep},
 * {@code jmh} and everything of the API.
 */
@NullMarked
package io.github.jvae.bench.option;

import org.jspecify.annotations.NullMarked;

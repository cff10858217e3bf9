/**
 * How cost grows: a workload timed on several engines at several batch sizes, latent sizes or
 * numbers of threads, each point in a process of its own.
 *
 * <p>May use {@code fork}, {@code speed}, {@code compare.results} and everything of the API.
 */
@NullMarked
package io.github.jvae.bench.sweep;

import org.jspecify.annotations.NullMarked;

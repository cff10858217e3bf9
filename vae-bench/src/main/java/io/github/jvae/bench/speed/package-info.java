/**
 * How fast an engine is on fixed workloads: the raw training step and the encoder, without data
 * sets, logging or checkpoints.
 */
@NullMarked
package io.github.jvae.bench.speed;

import org.jspecify.annotations.NullMarked;

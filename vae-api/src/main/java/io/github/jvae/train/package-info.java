/**
 * Training: {@link io.github.jvae.train.Trainer}, its options, {@link io.github.jvae.train.Schedule
 * schedules}, listeners and checkpoints. Batch order, transforms and noise follow from the seed, so
 * that every engine trains the same model on the same numbers (rule R7). May use {@code evaluate},
 * {@code backend}, {@code data}, {@code checkpoint} and everything below.
 */
@NullMarked
package io.github.jvae.train;

import org.jspecify.annotations.NullMarked;

/**
 * Images in memory: what a data set is ({@link io.github.jvae.data.ImageExamples}), where it comes
 * from ({@link io.github.jvae.data.DataSource}) and how training reads it
 * ({@link io.github.jvae.data.Batches}, {@link io.github.jvae.data.Binarization},
 * {@link io.github.jvae.data.Prefetcher}). {@link io.github.jvae.data.PixelMoments} are the means
 * and spreads of its pixels.
 *
 * <p>Pixels are kept as unsigned bytes and become numbers from 0 to 1 one batch at a time, so a
 * data set takes a quarter of the memory that floats would. Everything random follows from a seed
 * alone.
 *
 * <p>Whatever is wrong with a file ends as a {@link io.github.jvae.error.VaeException} that names
 * the file, the fault and the cure; no header is believed before the bytes behind it are counted.
 *
 * <p>May use {@code tensor}, {@code random} and {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.data;

import org.jspecify.annotations.NullMarked;

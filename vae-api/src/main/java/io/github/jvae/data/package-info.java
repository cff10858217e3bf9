/**
 * Data of any kind: what examples are ({@link io.github.jvae.data.Examples}: of any shape, with
 * {@link io.github.jvae.data.Condition conditions}, a {@link io.github.jvae.data.Mask mask} and
 * {@link io.github.jvae.data.Factors known factors} beside), the parts they come in
 * ({@link io.github.jvae.data.DataParts}, {@link io.github.jvae.data.Holdout}), what is done to
 * them on their way ({@link io.github.jvae.data.Transforms}) and how training reads them
 * ({@link io.github.jvae.data.Batches}, {@link io.github.jvae.data.Prefetcher}).
 *
 * <p>{@link io.github.jvae.data.ImageExamples} are images of bytes and
 * {@link io.github.jvae.data.ArrayExamples} numbers in an array; {@code data.source} opens data
 * sets by name or path, with the readers of {@code data.image} and {@code data.array}.
 * {@link io.github.jvae.data.ElementMoments} are the means and spreads of their numbers.
 *
 * <p>Pixels are kept as unsigned bytes and become numbers from 0 to 1 one batch at a time, so that
 * images take a quarter of the memory that floats would. Everything random follows from a seed
 * alone.
 *
 * <p>Whatever is wrong with a file ends as a {@link io.github.jvae.error.VaeException} that names
 * the file, the fault and the cure; no header is believed before the bytes behind it are counted.
 *
 * <p>May use {@code data.internal}, {@code tensor}, {@code random}, {@code internal} and
 * {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.data;

import org.jspecify.annotations.NullMarked;

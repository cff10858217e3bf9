/**
 * Arrays in files: IDX and CIFAR-10 batches. No header is believed before the bytes behind it are
 * counted.
 *
 * <p>May use {@code data}, {@code internal}, {@code tensor} and {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.data.array;

import org.jspecify.annotations.NullMarked;

/**
 * Arrays in files: NumPy's (NPY and NPZ), MATLAB's (up to version 7), IDX and CIFAR-10 batches. No
 * header is believed before the bytes behind it are counted. What is not compressed is mapped, so
 * that it takes no heap; what is, is unpacked onto the heap, or where that would take much of it,
 * into a temporary file.
 *
 * <p>A format finds arrays by name; what is a data set's examples and labels among them, which axis
 * counts and what the others are is decided alike for all.
 *
 * <p>May use {@code data}, {@code option}, {@code internal}, {@code tensor} and {@code error}, and
 * the JDK.
 */
@NullMarked
package io.github.jvae.data.array;

import org.jspecify.annotations.NullMarked;

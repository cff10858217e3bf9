/**
 * Image files and folders of them: PNG, JPEG, BMP, GIF, TIFF and, with a reader for it on the class
 * path, WebP, turned upright and made gray or red, green and blue. Whatever is wrong with a file
 * ends as an exception that names it.
 *
 * <p>May use {@code data}, {@code option}, {@code internal}, {@code tensor} and {@code error}, and
 * the JDK.
 */
@NullMarked
package io.github.jvae.data.image;

import org.jspecify.annotations.NullMarked;

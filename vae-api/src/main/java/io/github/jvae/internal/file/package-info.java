/**
 * Files, for all packages of jvae and for nobody else: faults as messages tell them, what is looked
 * at before a file is read, files that are written whole or not at all.
 *
 * <p>May use {@code internal} and {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.internal.file;

import org.jspecify.annotations.NullMarked;

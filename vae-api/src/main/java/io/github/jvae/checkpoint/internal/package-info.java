/**
 * JSON files, read and written one way. It may change in any release.
 *
 * <p>May use {@code option}, {@code internal} and {@code error}, and Jackson.
 */
@NullMarked
package io.github.jvae.checkpoint.internal;

import org.jspecify.annotations.NullMarked;

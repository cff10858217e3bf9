/**
 * What the readers of data share and nobody else needs: signatures of files, tar archives, pixels
 * in memory or mapped. It may change in any release.
 *
 * <p>May use {@code internal} and {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.data.internal;

import org.jspecify.annotations.NullMarked;

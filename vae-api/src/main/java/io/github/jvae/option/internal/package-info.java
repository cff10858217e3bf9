/**
 * Options held against their descriptions. It may change in any release.
 *
 * <p>May use {@code option}, {@code internal} and {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.option.internal;

import org.jspecify.annotations.NullMarked;

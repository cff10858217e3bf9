/**
 * How plugins are checked when they are found. It may change in any release.
 *
 * <p>May use {@code plugin} and what is below it.
 */
@NullMarked
package io.github.jvae.plugin.internal;

import org.jspecify.annotations.NullMarked;

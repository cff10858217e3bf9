/**
 * What the elements of an example are where each has a name and a meaning of its own, as the
 * columns of a table have: what data, components and a model's configuration tell each other of
 * them.
 *
 * <p>May use {@code option}, {@code internal} and {@code error}, and the JDK.
 */
@NullMarked
package io.github.jvae.column;

import org.jspecify.annotations.NullMarked;

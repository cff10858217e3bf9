/**
 * The operations: what each computes, by which kernel, and how a gradient passes it.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.operation;

import org.jspecify.annotations.NullMarked;

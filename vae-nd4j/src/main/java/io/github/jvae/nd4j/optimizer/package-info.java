/**
 * How optimizers move variables along their gradients, and what they remember of each.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.optimizer;

import org.jspecify.annotations.NullMarked;

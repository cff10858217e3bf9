/**
 * What a computation is recorded as: values, the operations that make them, and the reverse pass
 * that records their gradients. Which operations there are, it does not know.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.record;

import org.jspecify.annotations.NullMarked;

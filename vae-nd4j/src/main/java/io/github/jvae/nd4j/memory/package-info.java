/**
 * Numbers outside of the Java heap: blocks that are allocated at once, their parts, and the
 * variables that lie in them.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.memory;

import org.jspecify.annotations.NullMarked;

/**
 * Recordings made ready to run: operations joined, values given their places in memory, kernels
 * prepared, and the parts of a batch run side by side.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.replay;

import org.jspecify.annotations.NullMarked;

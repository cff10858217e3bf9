/**
 * What a replay runs: kernels, most of which are loops in Java. They compute in tiles, arrays that
 * stay in the nearest cache, and share long passes among threads. Uses memory alone.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.kernel;

import org.jspecify.annotations.NullMarked;

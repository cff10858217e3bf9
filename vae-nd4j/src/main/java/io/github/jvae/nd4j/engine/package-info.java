/**
 * ND4J's native code: how it is found and loaded, and how one of its operations is called without
 * an object of Java.
 *
 * <p>Not for users: its types are public for the other packages of this module alone.
 */
@NullMarked
package io.github.jvae.nd4j.engine;

import org.jspecify.annotations.NullMarked;

/**
 * Processes of Java that this program starts of itself, with the same Java, options and class path,
 * or a part of it: what is measured in one does not depend on what was measured before.
 *
 * <p>Uses nothing else.
 */
@NullMarked
package io.github.jvae.bench.fork;

import org.jspecify.annotations.NullMarked;

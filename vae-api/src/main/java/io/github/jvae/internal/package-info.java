/**
 * What the packages of jvae share and nobody else needs: texts as messages show them, fingerprints.
 * No internal type stands in what others call, and any may change in any release.
 *
 * <p>May use the JDK.
 */
@NullMarked
package io.github.jvae.internal;

import org.jspecify.annotations.NullMarked;

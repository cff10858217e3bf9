/**
 * Reproducible random numbers: the same seed gives the same weights, batch order and noise on every
 * engine, platform and Java version. Depends on nothing else in the project.
 */
@NullMarked
package io.github.jvae.random;

import org.jspecify.annotations.NullMarked;

/** The program {@code vae}: {@link io.github.jvae.bench.VaeCommand} and its version. */
@NullMarked
package io.github.jvae.bench;

import org.jspecify.annotations.NullMarked;

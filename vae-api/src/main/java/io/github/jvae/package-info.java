/**
 * What users touch: {@link io.github.jvae.Vae} and its builder, the configuration
 * {@link io.github.jvae.VaeConfig} and the Guice wiring {@link io.github.jvae.VaeModule}. May use
 * every other package; no other package uses this one.
 */
@NullMarked
package io.github.jvae;

import org.jspecify.annotations.NullMarked;

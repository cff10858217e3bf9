package io.github.jvae.posterior;

import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.Plugin;

/** The families of posteriors that come with jvae, under their names in configurations. */
public final class PosteriorsPlugin extends Plugin {
  @Override
  protected void configure() {
    contribute(
        Kind.POSTERIOR,
        DiagonalGaussianFamily.NAME,
        (options, context) -> new DiagonalGaussianFamily());
  }
}

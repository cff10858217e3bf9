package io.github.jvae.compatibility.plugin;

import io.github.jvae.plugin.Plugin;

/** Offers the two components by name. */
public final class ExtraComponentsPlugin extends Plugin {
  @Override
  protected void configure() {
    likelihood("laplace", options -> new LaplaceLikelihood(options.number("scale", 0.1)));
    prior(
        "mixture",
        options ->
            new MixturePrior(options.integer("components", 3), options.integer("latent", 2)));
  }
}

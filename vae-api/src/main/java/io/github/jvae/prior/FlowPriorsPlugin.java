package io.github.jvae.prior;

import io.github.jvae.plugin.Plugin;

/** The priors that are normalising flows, and that of posteriors on the sphere. */
public final class FlowPriorsPlugin extends Plugin {
  @Override
  protected void configure() {
    prior(FlowPrior.REAL_NVP, FlowPrior::realNvp, FlowPrior.options());
    prior(FlowPrior.MAF, FlowPrior::maf, FlowPrior.options());
    prior(HypersphericalUniform.NAME, (options, context) -> new HypersphericalUniform());
  }
}

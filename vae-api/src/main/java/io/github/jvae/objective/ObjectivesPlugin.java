package io.github.jvae.objective;

import io.github.jvae.plugin.Plugin;

/** The objectives that come with jvae, under their names in configurations. */
public final class ObjectivesPlugin extends Plugin {
  @Override
  protected void configure() {
    objective(Elbo.NAME, Elbo::of, Elbo.options());
    objective(BetaVae.NAME, BetaVae::of, BetaVae.options());
    objective(Capacity.NAME, Capacity::of, Capacity.options());
    objective(FreeBits.NAME, FreeBits::of, FreeBits.options());
    objective(Iwae.NAME, Iwae::of, Iwae.options());
    objective(Dreg.NAME, Dreg::of, Dreg.options());
    objective(Ciwae.NAME, Ciwae::of, Ciwae.options());
    objective(Miwae.NAME, Miwae::of, Miwae.options());
    objective(Piwae.NAME, Piwae::of, Piwae.options());
    objective(Renyi.NAME, Renyi::of, Renyi.options());
    objective(InfoVae.NAME, InfoVae::of, InfoVae.options());
    objective(BetaTc.NAME, BetaTc::of, BetaTc.options());
    objective(DipVae.NAME, DipVae::of, DipVae.options());
    objective(FactorVae.NAME, FactorVae::of, FactorVae.options());
    objective(Rae.NAME, Rae::of, Rae.options());
  }
}

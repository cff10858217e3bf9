package io.github.jvae.likelihood;

import io.github.jvae.plugin.Plugin;

/** The likelihoods that come with jvae, under their names in configurations. */
public final class LikelihoodsPlugin extends Plugin {
  @Override
  protected void configure() {
    likelihood(Bernoulli.NAME, (options, context) -> new Bernoulli());
    likelihood(ContinuousBernoulli.NAME, (options, context) -> new ContinuousBernoulli());
    likelihood(Gaussian.NAME, (options, context) -> Gaussian.of(options), Gaussian.options());
    likelihood(
        DiscretizedLogistic.NAME,
        (options, context) -> DiscretizedLogistic.of(options),
        DiscretizedLogistic.options());
    likelihood(Laplace.NAME, (options, context) -> Laplace.of(options), Laplace.options());
    likelihood(StudentT.NAME, (options, context) -> StudentT.of(options), StudentT.options());
    likelihood(
        LogisticMixture.NAME,
        (options, context) -> LogisticMixture.of(options),
        LogisticMixture.options());
    likelihood(Categorical.NAME, (options, context) -> new Categorical());
    likelihood(
        GaussianMixture.NAME,
        (options, context) -> GaussianMixture.of(options),
        GaussianMixture.options());
    likelihood(LogNormal.NAME, (options, context) -> LogNormal.of(options), LogNormal.options());
    likelihood(Beta.NAME, (options, context) -> Beta.of(options), Beta.options());
    likelihood(Poisson.NAME, (options, context) -> new Poisson());
    likelihood(
        NegativeBinomial.NAME,
        (options, context) -> NegativeBinomial.of(options),
        NegativeBinomial.options());
    likelihood(ZeroInflated.POISSON, (options, context) -> ZeroInflated.of(new Poisson()));
    likelihood(
        ZeroInflated.NEGATIVE_BINOMIAL,
        (options, context) -> ZeroInflated.of(NegativeBinomial.of(options)),
        NegativeBinomial.options());
    likelihood(ColumnsLikelihood.NAME, ColumnsLikelihood::of, ColumnsLikelihood.options());
  }
}

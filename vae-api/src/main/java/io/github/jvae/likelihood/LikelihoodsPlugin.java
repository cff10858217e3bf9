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
  }
}

package io.github.jvae.nd4j;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.nd4j.engine.NativeLibrary;
import io.github.jvae.prior.StandardNormal;
import java.util.Optional;

/** Offers ND4J as a backend. */
public final class Nd4jModule extends BackendModule {
  /** The name users choose it by. */
  public static final String NAME = "nd4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "ND4J: operations recorded once and replayed in place, for those who run Deeplearning4j";
  }

  @Override
  public Optional<String> unavailable() {
    return NativeLibrary.ofThisPlatform().unavailable();
  }

  @Override
  protected void configure() {
    bind(Backend.class).to(Nd4jBackend.class);
    nativePrior(StandardNormal.NAME, (options, context) -> new Nd4jStandardNormal());
    nativeLikelihood(Bernoulli.NAME, (options, context) -> new Nd4jBernoulli());
    nativeLikelihood(Gaussian.NAME, (options, context) -> new Nd4jGaussian(Gaussian.of(options)));
  }
}

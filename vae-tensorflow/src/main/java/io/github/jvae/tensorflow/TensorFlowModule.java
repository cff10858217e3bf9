package io.github.jvae.tensorflow;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.support.NativeStandardNormal;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.prior.StandardNormal;
import java.util.Optional;

/** Offers TensorFlow as a backend. */
public final class TensorFlowModule extends BackendModule {
  /** The name users choose it by. */
  public static final String NAME = "tensorflow";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "TensorFlow Java: a graph recorded once, one session run per step";
  }

  @Override
  public Optional<String> unavailable() {
    return NativeLibrary.ofThisPlatform().unavailable();
  }

  @Override
  protected void configure() {
    bind(Backend.class).to(TensorFlowBackend.class);
    nativePrior(
        StandardNormal.NAME, (options, context) -> new NativeStandardNormal(new StandardNormal()));
    nativeLikelihood(Bernoulli.NAME, (options, context) -> new TensorFlowBernoulli());
    nativeLikelihood(
        Gaussian.NAME, (options, context) -> new TensorFlowGaussian(Gaussian.of(options)));
  }
}

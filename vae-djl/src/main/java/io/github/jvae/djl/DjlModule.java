package io.github.jvae.djl;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.support.NativeStandardNormal;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.prior.StandardNormal;
import java.util.Optional;

/** Offers PyTorch, through DJL, as a backend. */
public final class DjlModule extends BackendModule {
  /** The name users choose it by. */
  public static final String NAME = "djl";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Deep Java Library on PyTorch: each step one TorchScript call";
  }

  @Override
  public Optional<String> unavailable() {
    return NativeLibrary.ofThisPlatform().unavailable();
  }

  @Override
  protected void configure() {
    bind(Backend.class).to(DjlBackend.class);
    nativePrior(
        StandardNormal.NAME, (options, context) -> new NativeStandardNormal(new StandardNormal()));
    nativeLikelihood(Bernoulli.NAME, (options, context) -> new DjlBernoulli());
    nativeLikelihood(Gaussian.NAME, (options, context) -> new DjlGaussian(Gaussian.of(options)));
  }
}

package io.github.jvae.djl;

import com.google.inject.Provides;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.prior.StandardNormal;
import java.util.Optional;

/** Offers PyTorch, through DJL, as a backend. */
public final class DjlModule extends BackendModule {
  /** The name users choose it by. */
  public static final String NAME = "djl";

  private final long worthwhileProduct;

  /** PyTorch as it is fastest. */
  public DjlModule() {
    this(DenseProduct.WORTHWHILE);
  }

  /**
   * @param worthwhileProduct the least multiplications of a layer that is a {@link DenseProduct}
   */
  DjlModule(long worthwhileProduct) {
    this.worthwhileProduct = worthwhileProduct;
  }

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
    nativePrior(StandardNormal.NAME, (options, context) -> new DjlStandardNormal());
    nativeLikelihood(Bernoulli.NAME, (options, context) -> new DjlBernoulli());
    nativeLikelihood(Gaussian.NAME, (options, context) -> new DjlGaussian(Gaussian.of(options)));
  }

  @Provides
  Backend backend(BackendOptions options) {
    return new DjlBackend(options, worthwhileProduct);
  }
}

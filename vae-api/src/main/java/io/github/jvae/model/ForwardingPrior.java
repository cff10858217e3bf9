package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** A prior that does what another does, for one that does a part of it otherwise. */
public abstract class ForwardingPrior implements Prior {
  private final Prior delegate;

  /** @param delegate does what this does not */
  protected ForwardingPrior(Prior delegate) {
    this.delegate = delegate;
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public List<Network> networks() {
    return delegate.networks();
  }

  @Override
  public List<Parameter> parameters() {
    return delegate.parameters();
  }

  @Override
  public Optional<FirstValues> firstValues() {
    return delegate.firstValues();
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    return delegate.logProb(z, conditions);
  }

  @Override
  public Tensor kl(Posterior posterior, Draw draw, Conditions conditions) {
    return delegate.kl(posterior, draw, conditions);
  }

  @Override
  public Optional<Tensor> klOfDimensions(Posterior posterior, Conditions conditions) {
    return delegate.klOfDimensions(posterior, conditions);
  }

  @Override
  public int noiseSize(int latent) {
    return delegate.noiseSize(latent);
  }

  @Override
  public int scaledNoise(int latent) {
    return delegate.scaledNoise(latent);
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return delegate.sample(noise, conditions);
  }

  @Override
  public LatentSpace space() {
    return delegate.space();
  }
}

package io.github.jvae.model;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** A likelihood that does what another does, for one that does a part of it otherwise. */
public abstract class ForwardingLikelihood implements Likelihood {
  private final Likelihood delegate;

  /** @param delegate does what this does not */
  protected ForwardingLikelihood(Likelihood delegate) {
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
  public Shape decoded(Shape example) {
    return delegate.decoded(example);
  }

  @Override
  public Shape noise(Shape example) {
    return delegate.noise(example);
  }

  @Override
  public void check(HostTensor examples) {
    delegate.check(examples);
  }

  @Override
  public boolean isDensity() {
    return delegate.isDensity();
  }

  @Override
  public boolean isProbability(HostTensor examples) {
    return delegate.isProbability(examples);
  }

  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    return delegate.logProb(in, decoded);
  }

  @Override
  public Tensor logProbs(Inputs in, Tensor decoded) {
    return delegate.logProbs(in, decoded);
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return delegate.mean(decoded);
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return delegate.sample(decoded, uniform, normal);
  }

  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    return delegate.outputsFor(mean, standardDeviation);
  }

  @Override
  public double[] outputsFor(Shape example, double[] means, double[] standardDeviations) {
    return delegate.outputsFor(example, means, standardDeviations);
  }
}

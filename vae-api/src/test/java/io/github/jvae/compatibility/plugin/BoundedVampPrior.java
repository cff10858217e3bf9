package io.github.jvae.compatibility.plugin;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;

/**
 * The even mixture of the posteriors of learned pseudo-inputs (Tomczak and Welling, "VAE with a
 * BoundedVampPrior", 2018), which lie in [0, 1].
 */
public final class BoundedVampPrior implements Prior {
  private final Encoder encoder;
  private final Parameter pseudoInputs;

  public BoundedVampPrior(int components, Shape example, Encoder encoder) {
    this.encoder = encoder;
    this.pseudoInputs = new Parameter(
        "prior.pseudo_inputs", example.prepend(components), new Initializer.Normal(1));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(pseudoInputs);
  }

  private DiagonalGaussian posteriors(Trace trace) {
    Tensor x = trace.parameter(pseudoInputs.name()).sigmoid();
    return (DiagonalGaussian) encoder.encode(new Inputs(x));
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    Tensor apart = z.reshape(-1, 1, z.shape().dimension(1));
    double constant = Math.log(pseudoInputs.shape().dimension(0));
    return posteriors(z.trace()).logProb(apart).logSumExp(1).subtract(constant);
  }

  @Override
  public int noiseSize(int latent) {
    return latent + 1;
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    DiagonalGaussian each = posteriors(noise.trace());
    int latent = noise.shape().dimension(1) - 1;
    Tensor chosen =
        OneOfMany.of(noise.slice(1, latent, latent + 1), pseudoInputs.shape().dimension(0));
    Tensor deviation = chosen.matmul(each.logVariance()).multiply(0.5).exp();
    return chosen.matmul(each.mean()).add(deviation.multiply(noise.slice(1, 0, latent)));
  }
}

package io.github.jvae.objective;

import io.github.jvae.model.Activation;
import io.github.jvae.model.Adversary;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Model;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that tells latent vectors of the aggregate posterior from ones whose dimensions were
 * permuted over the batch. What it makes of a vector is the logarithm of the odds that it was not
 * permuted: at its best {@code log q(z) - log Π_l q(z_l)}, whose mean is the total correlation.
 */
final class Discriminator implements Adversary {
  private final Network network;
  private final double learningRateFactor;

  /**
   * Describes a discriminator.
   *
   * @param latent the extent of a latent vector
   * @param hidden units of each hidden layer
   * @param learningRateFactor its learning rate as a multiple of the model's
   */
  Discriminator(int latent, List<Integer> hidden, double learningRateFactor) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(new Layer.Dense(units));
      layers.add(new Layer.Activate(Activation.LEAKY_RELU));
    }
    layers.add(new Layer.Dense(1));
    this.network = Network.named("discriminator")
        .input("z", Shape.of(latent))
        .layers(layers)
        .build();
    this.learningRateFactor = learningRateFactor;
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  @Override
  public double learningRateFactor() {
    return learningRateFactor;
  }

  /**
   * Records the logarithm of the odds that latent vectors were not permuted.
   *
   * @param z [B, L]
   * @return [B]
   */
  Tensor logOdds(Tensor z) {
    return z.trace().apply(network, z).reshape(-1);
  }

  /**
   * Records the cross-entropy of telling latent vectors from permuted ones, in nats.
   *
   * @param logOdds of vectors that were not permuted, [B]
   * @param ofPermuted of vectors that were, [B]
   * @return [B]
   */
  static Tensor crossEntropy(Tensor logOdds, Tensor ofPermuted) {
    return logOdds.negate().softplus().add(ofPermuted.softplus()).multiply(0.5);
  }

  @Override
  public Tensor loss(LatentModel model, Inputs in, Tensor noise) {
    return in.x().trace().within("objective " + FactorVae.NAME, () -> {
      Model standard = Model.require(model, "objective " + FactorVae.NAME);
      Tensor z = standard.draws(in, FactorVae.noiseOfDraw(standard, noise)).z().stopGradient();
      Tensor permuted = Permutation.of(z, FactorVae.noiseOfOrder(standard, noise));
      return crossEntropy(logOdds(z), logOdds(permuted)).mean();
    });
  }
}

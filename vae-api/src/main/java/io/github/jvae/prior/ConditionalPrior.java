package io.github.jvae.prior;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code p(z|y) = N(μ(y), diag(σ²(y)))}: a network makes mean and variance of what the model is
 * told of each example (Sohn, Lee and Yan, "Learning structured output representation using deep
 * conditional generative models", 2015).
 */
final class ConditionalPrior extends GaussianPrior {
  /** The name in configurations. */
  public static final String NAME = "conditional";

  private static final String MEAN = "mean";
  private static final String LOG_VARIANCE = "log_variance";

  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
      "hidden",
      OptionType.wholeNumbers(1),
      List.of(64),
      "Hidden units of the network that makes mean and variance of the conditions.");

  private static final OptionDescription<Activation> ACTIVATION = OptionDescription.of(
      "activation",
      OptionType.choice(Activation.class),
      Activation.RELU,
      "The function between its layers.");

  private final Network network;

  private ConditionalPrior(Network network) {
    this.network = network;
  }

  /**
   * Reads {@code hidden} (default 64) and {@code activation} (default relu).
   *
   * @throws ConfigurationException if the model is told nothing of an example but its mask
   */
  public static ConditionalPrior of(Options options, ModelContext context) {
    SortedMap<String, Shape> conditions = new TreeMap<>(context.conditions());
    conditions.remove(Inputs.MASK);
    if (conditions.isEmpty()) {
      throw new ConfigurationException("prior " + NAME + " needs a model that is told something of"
          + " each example; add a condition (--condition label), or choose another prior");
    }
    Network.Builder network = Network.named("prior");
    conditions.forEach(network::input);
    network.layers(new Layer.Flatten());
    conditions.keySet().stream().skip(1).map(Layer.Join::new).forEach(network::layers);
    for (int units : HIDDEN.in(options)) {
      network.layers(new Layer.Dense(units), new Layer.Activate(ACTIVATION.in(options)));
    }
    return new ConditionalPrior(network
        .head(MEAN, new Layer.Dense(context.latent()))
        .head(LOG_VARIANCE, new Layer.Dense(context.latent()))
        .build());
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {HIDDEN, ACTIVATION};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Network> networks() {
    return List.of(network);
  }

  @Override
  DiagonalGaussian distribution(Trace trace, Conditions conditions) {
    String first = network.inputs().keySet().iterator().next();
    Map<String, Tensor> heads =
        trace.apply(network, conditions.joined(network, conditions.get(first)));
    return new DiagonalGaussian(
        Objects.requireNonNull(heads.get(MEAN)), Objects.requireNonNull(heads.get(LOG_VARIANCE)));
  }
}

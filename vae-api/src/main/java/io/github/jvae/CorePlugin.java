package io.github.jvae;

import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.ContinuousBernoulli;
import io.github.jvae.likelihood.DiscretizedLogistic;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Initialization;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.ArchitectureTemplate;
import io.github.jvae.plugin.ComponentOptions;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.prior.StandardNormal;

/** The components that come with jvae, under their names in configurations. */
public final class CorePlugin extends Plugin {
  /** The fully connected architecture. */
  public static final String MLP = "mlp";

  /** The convolutional architecture. */
  public static final String CONV = "conv";

  /** An architecture given layer by layer. */
  public static final String LAYERS = "layers";

  @Override
  protected void configure() {
    prior(StandardNormal.NAME, options -> new StandardNormal());
    likelihood(Bernoulli.NAME, options -> new Bernoulli());
    likelihood(ContinuousBernoulli.NAME, options -> new ContinuousBernoulli());
    likelihood(Gaussian.NAME, Gaussian::of);
    likelihood(DiscretizedLogistic.NAME, DiscretizedLogistic::of);
    objective(
        Elbo.NAME,
        options ->
            new Elbo(options.choice("form", DivergenceForm.class, DivergenceForm.CLOSED_FORM)));
    architecture(MLP, CorePlugin::mlp);
    architecture(CONV, CorePlugin::conv);
    architecture(LAYERS, LayerLists::of);
  }

  private static ArchitectureTemplate mlp(ComponentOptions options) {
    int[] hidden = options.integers("hidden", 400);
    Activation activation = options.choice("activation", Activation.class, Activation.RELU);
    Initialization init = initialization(options);
    return (input, latent, channelsPerPixel) ->
        Architecture.mlp(input, latent, channelsPerPixel, activation, hidden).with(init);
  }

  private static ArchitectureTemplate conv(ComponentOptions options) {
    int[] channels = options.integers("channels", 32, 64, 128);
    int kernel = options.integer("kernel", 4);
    int stride = options.integer("stride", 2);
    int padding = options.integer("padding", 1);
    int dense = options.integer("dense", 256);
    Activation activation = options.choice("activation", Activation.class, Activation.RELU);
    Initialization init = initialization(options);
    return (input, latent, channelsPerPixel) -> Architecture.conv(
            input, latent, channelsPerPixel, activation, channels, kernel, stride, padding, dense)
        .with(init);
  }

  /** How the first weights of an architecture are made. */
  static Initialization initialization(ComponentOptions options) {
    return options.choice("init", Initialization.class, Initialization.FAN_IN);
  }
}

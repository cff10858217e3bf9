package io.github.jvae.bench.speed;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.objective.Iwae;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.posterior.FlowFamily;
import io.github.jvae.prior.VampPrior;
import java.util.List;
import java.util.Locale;

/** The models that are timed. */
public enum Workload {
  /** 784-400-(20, 20)-400-784, relu, Bernoulli on logits. */
  MLP {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return builder.input(1, 28, 28).mlp(400).latent(20).bernoulli();
    }
  },

  /**
   * 3 x 32 x 32 images; convolutions of 32, 64 and 128 channels, kernel 4, stride 2, padding 1; a
   * dense layer of 256; 32 latent; the decoder mirrors it; Gaussian with σ = 0.1.
   */
  CONV {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return builder.input(3, 32, 32).conv(32, 64, 128).latent(32).gaussian(0.1);
    }
  },

  /** {@link #MLP} with a VampPrior of 500 pseudo-inputs. */
  VAMP {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return MLP.describe(builder)
          .prior(ComponentConfig.of(VampPrior.NAME).with("components", 500));
    }
  },

  /** {@link #MLP} with the importance-weighted bound of 5 draws. */
  MLP_IWAE {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return MLP.describe(builder).objective(IWAE);
    }
  },

  /** {@link #CONV} with the importance-weighted bound of 5 draws. */
  CONV_IWAE {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return CONV.describe(builder).objective(IWAE);
    }
  },

  /**
   * {@link #MLP} with an inverse autoregressive flow of two masked networks of 320 hidden units.
   */
  IAF {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      Options flow = Options.none().with("layers", 2).with("hidden", OptionValue.of(List.of(320)));
      return MLP.describe(builder)
          .component(Kind.POSTERIOR, new ComponentConfig(FlowFamily.IAF, flow));
    }
  },

  /**
   * 3 x 32 x 32 images; residual blocks, two each of 32, 64 and 128 channels; a dense layer of 256;
   * 32 latent; the decoder mirrors it; Gaussian with σ = 0.1.
   */
  RESNET {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return builder
          .input(3, 32, 32)
          .component(Kind.ARCHITECTURE, ComponentConfig.of(ArchitecturesPlugin.RESNET))
          .latent(32)
          .gaussian(0.1);
    }
  },

  /**
   * 3 x 32 x 32 images; 7 groups of 8 latent channels, two each at 32, 16 and 8 pixels and one at
   * 4; 64 channels on the way; Gaussian with σ = 0.1.
   */
  LADDER {
    @Override
    public Vae.Builder describe(Vae.Builder builder) {
      return builder
          .input(3, 32, 32)
          .component(Kind.MODEL, ComponentConfig.of("ladder"))
          .latent(8)
          .gaussian(0.1);
    }
  };

  private static final ComponentConfig IWAE = ComponentConfig.of(Iwae.NAME).with("draws", 5);

  /** Adds the model to a builder that knows the engine. */
  public abstract Vae.Builder describe(Vae.Builder builder);

  /** The name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

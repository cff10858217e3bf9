package io.github.jvae.quantized;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.prior.StandardNormal;

/** Contributes the vector-quantised model. */
public final class QuantizedPlugin extends Plugin {
  private static final OptionDescription<Integer> CODES = OptionDescription.of(
      "codes",
      OptionType.wholeNumber(2),
      128,
      "Vectors in the codebook, each of --latent numbers.");

  private static final OptionDescription<Integer> GROUPS = OptionDescription.of(
      "groups",
      OptionType.wholeNumber(1),
      16,
      "Codes of an example where the encoder ends in a vector, as that of mlp does; that of conv has"
          + " one at each place of its last map.");

  private static final OptionDescription<Double> COMMITMENT = OptionDescription.of(
      "commitment",
      OptionType.number(Range.from(0, 1e9)),
      0.25,
      "What it costs the encoder to be a squared distance away from a code.");

  private static final OptionDescription<CodebookRule> CODEBOOK = OptionDescription.of(
      "codebook",
      OptionType.choice(CodebookRule.class),
      CodebookRule.EMA,
      "How codes follow what is encoded as them: as its moving average, or by a part of the loss.");

  private static final OptionDescription<Double> DECAY = OptionDescription.of(
      "decay",
      OptionType.number(Range.between(0, 1)),
      0.99,
      "The decay of the moving averages of a codebook.");

  private static final OptionDescription<Boolean> RESTART = OptionDescription.of(
      "restart",
      OptionType.flag(),
      true,
      "Whether a code of moving averages that died, as nothing is encoded as it any more, becomes"
          + " something of the batch.");

  private static final OptionDescription<CodePriorKind> PRIOR = OptionDescription.of(
      "code_prior",
      OptionType.choice(CodePriorKind.class),
      CodePriorKind.AUTOREGRESSIVE,
      "The distribution that codes are drawn from, learned with the model but where it is uniform:"
          + " categorical for each place by itself, autoregressive for each given those before it.");

  private static final OptionDescription<Integer> HIDDEN = OptionDescription.of(
      "prior_hidden",
      OptionType.wholeNumber(1),
      256,
      "Hidden units of the autoregressive distribution.");

  @Override
  protected void configure() {
    contribute(
        Kind.MODEL,
        QuantizedModel.NAME,
        QuantizedPlugin::model,
        CODES,
        GROUPS,
        COMMITMENT,
        CODEBOOK,
        DECAY,
        RESTART,
        PRIOR,
        HIDDEN);
  }

  /** What such a model has no use for must not be passed over in silence. */
  private static void requireNothingElse(ModelContext context) {
    require(
        context.component(Kind.PRIOR).name().equals(StandardNormal.NAME),
        "draws codes from its own code_prior; leave out the prior");
    require(
        context.component(Kind.POSTERIOR).name().equals(DiagonalGaussianFamily.NAME),
        "is certain of its codes; leave out the posterior");
    require(context.columns().isEmpty(), "takes no rows of tables; leave --model out");
    require(
        context.component(Kind.ENCODER) instanceof NetworkEncoder
            && context.component(Kind.DECODER) instanceof NetworkDecoder,
        "makes its networks of the architecture; leave out the encoder and the decoder");
  }

  private static void require(boolean condition, String cure) {
    if (!condition) {
      throw new ConfigurationException("model " + QuantizedModel.NAME + " " + cure);
    }
  }

  private static LatentModel model(Options options, ModelContext context) {
    requireNothingElse(context);
    CodeNetworks networks =
        CodeNetworks.of(context.component(Kind.ARCHITECTURE), context.latent(), GROUPS.in(options));
    int codes = CODES.in(options);
    int groups = networks.groups();
    return new QuantizedModel(
        networks,
        new Codebook(
            codes,
            context.latent(),
            groups,
            CODEBOOK.in(options),
            DECAY.in(options),
            RESTART.in(options)),
        PRIOR.in(options).of(groups, codes, HIDDEN.in(options)),
        context.component(Kind.LIKELIHOOD),
        COMMITMENT.in(options));
  }
}

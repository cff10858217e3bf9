package io.github.jvae.prior;

import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.FirstValues;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code p(z) = Σ w_k N(z; μ_k, diag(σ²_k))}, of which weights, means and variances are learned.
 * Its divergence is sampled, as it has no closed form.
 */
final class MixturePrior implements Prior {
  /** The name in configurations. */
  public static final String NAME = "mixture";

  private static final OptionDescription<Integer> COMPONENTS = OptionDescription.of(
      "components", OptionType.wholeNumber(1), 10, "How many normal distributions are mixed.");

  private static final OptionDescription<Start> START = Start.option(
      "What the means start from: random numbers, or what the new encoder makes of training"
          + " examples, data.");

  private final Parameter means;
  private final Parameter logVariances;
  private final Parameter logits;
  private final Optional<Encoder> start;

  private MixturePrior(int components, int latent, Optional<Encoder> start) {
    Shape shape = Shape.of(components, latent);
    this.means = new Parameter("prior.means", shape, new Initializer.Normal(1));
    this.logVariances = new Parameter("prior.log_variances", shape, new Initializer.Constant(0));
    this.logits = new Parameter("prior.logits", Shape.of(components), new Initializer.Constant(0));
    this.start = start;
  }

  /** A mixture of even weights, unit variances and random means, to be learned. */
  public MixturePrior(int components, int latent) {
    this(components, latent, Optional.empty());
  }

  /** Reads {@code components} (default 10) and {@code start}: random (the default) or data. */
  public static MixturePrior of(Options options, ModelContext context) {
    return new MixturePrior(
        COMPONENTS.in(options),
        context.latent(),
        START.in(options) == Start.DATA
            ? Optional.of(context.component(Kind.ENCODER))
            : Optional.empty());
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {COMPONENTS, START};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(means, logVariances, logits);
  }

  @Override
  public Optional<FirstValues> firstValues() {
    return start.map(encoder -> new FirstValues(
        means.shape().dimension(0),
        in -> Map.of(means.name(), encoder.encode(in).mean())));
  }

  private GaussianMixture mixture(Trace trace) {
    Tensor logit = trace.parameter(logits.name());
    return new GaussianMixture(
        new DiagonalGaussian(trace.parameter(means.name()), trace.parameter(logVariances.name())),
        logit.subtract(logit.logSumExp()));
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    return mixture(z.trace()).logProb(z);
  }

  @Override
  public int noiseSize(int latent) {
    return latent + 1;
  }

  /** The component is chosen as before. */
  @Override
  public int scaledNoise(int latent) {
    return latent;
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return mixture(noise.trace()).sample(noise);
  }
}

package io.github.jvae.prior;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.FirstValues;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Prior;
import io.github.jvae.model.PseudoInputPrior;
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
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code p(z) = 1/K Σ q(z|u_k)}: the even mixture of the posteriors of K learned pseudo-inputs
 * (Tomczak and Welling, "VAE with a VampPrior", 2018). Its divergence is sampled.
 *
 * <p>Pseudo-inputs may be any numbers, as the encoder takes any; they start from 0 to 1 at random,
 * or from training examples.
 */
public final class VampPrior implements PseudoInputPrior {
  /** The name in configurations. */
  public static final String NAME = "vamp";

  private static final OptionDescription<Integer> COMPONENTS = OptionDescription.of(
      "components", OptionType.wholeNumber(1), 500, "How many pseudo-inputs there are.");

  private static final OptionDescription<Start> START = Start.option(
      "What the pseudo-inputs start from: random numbers from 0 to 1, or training examples, data.");

  private final Encoder encoder;
  private final Parameter pseudoInputs;
  private final Start start;

  private VampPrior(int components, Shape example, Encoder encoder, Start start) {
    this.encoder = encoder;
    this.pseudoInputs = new Parameter(
        "prior.pseudo_inputs", example.prepend(components), new Initializer.Uniform(0, 1));
    this.start = start;
  }

  /**
   * A prior of pseudo-inputs that start at random.
   *
   * @param components how many
   * @param example the shape of one
   * @param encoder of the model
   */
  public VampPrior(int components, Shape example, Encoder encoder) {
    this(components, example, encoder, Start.RANDOM);
  }

  /**
   * Reads {@code components} (default 500) and {@code start}: random (the default) or data.
   *
   * @throws ConfigurationException if the model is told more of an example than its mask, or has
   *     another posterior than a diagonal Gaussian
   */
  public static VampPrior of(Options options, ModelContext context) {
    Set<String> unknown = new TreeSet<>(context.conditions().keySet());
    unknown.remove(Inputs.MASK);
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          "prior " + NAME + " cannot say which " + unknown.iterator().next()
              + " its pseudo-inputs have; take prior " + ConditionalPrior.NAME
              + ", or leave the condition out");
    }
    String family = context.component(Kind.POSTERIOR).name();
    if (!family.equals(DiagonalGaussian.NAME)) {
      throw new ConfigurationException("prior " + NAME + " needs a posterior of which every z has a"
          + " known density, " + DiagonalGaussian.NAME + ", not " + family);
    }
    return new VampPrior(
        COMPONENTS.in(options),
        context.example(),
        context.component(Kind.ENCODER),
        START.in(options));
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
    return List.of(pseudoInputs);
  }

  @Override
  public Optional<FirstValues> firstValues() {
    return start == Start.RANDOM
        ? Optional.empty()
        : Optional.of(new FirstValues(
            pseudoInputs.shape().dimension(0), in -> Map.of(pseudoInputs.name(), in.x())));
  }

  @Override
  public Tensor pseudoInputs(Trace trace) {
    return trace.parameter(pseudoInputs.name());
  }

  @Override
  public Prior madeOf(Posterior posteriors) {
    return Encoded.of(posteriors);
  }

  /** The same where nobody has encoded the pseudo-inputs yet. */
  private Prior encoded(Trace trace, Conditions conditions) {
    Tensor x = pseudoInputs(trace);
    return madeOf(encoder.encode(new Inputs(x, Conditions.ofObserved(x, conditions))));
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    return encoded(z.trace(), conditions).logProb(z, conditions);
  }

  @Override
  public int noiseSize(int latent) {
    return latent + 1;
  }

  /** The pseudo-input is chosen as before. */
  @Override
  public int scaledNoise(int latent) {
    return latent;
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return encoded(noise.trace(), conditions).sample(noise, conditions);
  }

  /** A VampPrior of posteriors that are recorded. */
  private record Encoded(GaussianMixture mixture) implements Prior {
    static Encoded of(Posterior posteriors) {
      if (!(posteriors instanceof DiagonalGaussian components)) {
        throw new ConfigurationException("prior " + NAME + " needs an encoder that makes diagonal"
            + " Gaussians, not " + posteriors.getClass().getSimpleName());
      }
      int count = components.mean().shape().dimension(0);
      Tensor even = components.mean().trace().scalar(-Math.log(count));
      return new Encoded(new GaussianMixture(components, even.broadcastTo(Shape.of(count))));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Tensor logProb(Tensor z, Conditions conditions) {
      return mixture.logProb(z);
    }

    @Override
    public int noiseSize(int latent) {
      return latent + 1;
    }

    @Override
    public Tensor sample(Tensor noise, Conditions conditions) {
      return mixture.sample(noise);
    }
  }
}

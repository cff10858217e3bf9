package io.github.jvae.prior;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.flow.AffineForm;
import io.github.jvae.flow.Autoregressive;
import io.github.jvae.flow.Bijection;
import io.github.jvae.flow.Composition;
import io.github.jvae.flow.Coupling;
import io.github.jvae.flow.Mapped;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Network;
import io.github.jvae.model.Places;
import io.github.jvae.model.Prior;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The distribution of latent vectors that a bijection maps to standard normal ones: {@code log p(z)
 * = log N(f(z); 0, I) + log |det ∂f/∂z|}. Draws are {@code f⁻¹} of normal noise.
 */
final class FlowPrior implements Prior {
  /**
   * The name, in configurations, of the flow of coupling layers: density and draws take each
   * network once.
   */
  public static final String REAL_NVP = "real-nvp";

  /**
   * The name, in configurations, of the masked autoregressive flow: its density takes each network
   * once, and a draw as often as there are latent dimensions.
   */
  public static final String MAF = "maf";

  /** Draws of a masked autoregressive flow are recorded element by element. */
  static final int MOST_MAF_DIMENSIONS = 256;

  private static final String PARAMETERS = "prior.flow";

  private static final OptionDescription<Integer> LAYERS = OptionDescription.of(
      "layers", OptionType.wholeNumber(1), 4, "Layers of the flow, each with a network.");

  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
      "hidden", OptionType.wholeNumbers(1), List.of(128), "Hidden units of each network.");

  private static final OptionDescription<Boolean> BOUNDED = OptionDescription.of(
          "bounded",
          OptionType.flag(),
          true,
          "Whether shifts and scales are bounded wherever the networks make them, so that no draw"
              + " strays ever further from one dimension or layer to the next.")
      .formerly(false);

  private static final OptionDescription<Boolean> CONDITIONAL = OptionDescription.of(
      "conditional",
      OptionType.flag(),
      false,
      "Whether the networks are told what the model is told of each example, such as its label.");

  private final String name;
  private final Bijection toNoise;
  private final List<String> told;
  private final StandardNormal noise = new StandardNormal();

  /** @param told the conditions that the flow follows, in the order of its context */
  private FlowPrior(String name, Bijection toNoise, Set<String> told) {
    this.name = name;
    this.toNoise = toNoise;
    this.told = List.copyOf(told);
  }

  /** Returns the options that {@link #realNvp} and {@link #maf} read. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {LAYERS, HIDDEN, BOUNDED, CONDITIONAL};
  }

  private static SortedMap<String, Shape> told(Options options, ModelContext context) {
    SortedMap<String, Shape> told = new TreeMap<>();
    if (CONDITIONAL.in(options)) {
      told.putAll(context.conditions());
      told.remove(Inputs.MASK);
      if (told.isEmpty()) {
        throw new ConfigurationException("a flow that is conditional needs a model that is told"
            + " something of each example; add a condition (--condition label), or leave"
            + " conditional out");
      }
    }
    return told;
  }

  private static int extent(SortedMap<String, Shape> told) {
    return told.values().stream().mapToInt(Shape::size).sum();
  }

  private static AffineForm form(Options options) {
    return BOUNDED.in(options) ? AffineForm.BOUNDED : AffineForm.FREE;
  }

  /**
   * Returns a flow of coupling layers, by the {@linkplain #options options}.
   *
   * @throws ConfigurationException if there are fewer than two latent dimensions, or nothing for a
   *     conditional one to follow
   */
  public static FlowPrior realNvp(Options options, ModelContext context) {
    if (context.latent() < 2) {
      throw new ConfigurationException("prior " + REAL_NVP + " couples two halves of the latent"
          + " vector, which has " + context.latent() + " dimension; give it at least 2 (latent), or"
          + " take the prior " + MAF);
    }
    SortedMap<String, Shape> told = told(options, context);
    return new FlowPrior(
        REAL_NVP,
        new Composition(Coupling.alternating(
            PARAMETERS,
            LAYERS.in(options),
            context.latent(),
            extent(told),
            HIDDEN.in(options),
            form(options))),
        told.keySet());
  }

  /**
   * Returns a masked autoregressive flow, by the {@linkplain #options options}.
   *
   * @throws ConfigurationException if there are too many latent dimensions to draw them one after
   *     another, or nothing for a conditional one to follow
   */
  public static FlowPrior maf(Options options, ModelContext context) {
    if (context.latent() > MOST_MAF_DIMENSIONS) {
      throw new ConfigurationException("prior " + MAF + " draws the latent dimensions one after"
          + " another, and is made for at most " + MOST_MAF_DIMENSIONS + " of them, not "
          + context.latent() + "; take the prior " + REAL_NVP);
    }
    SortedMap<String, Shape> told = told(options, context);
    return new FlowPrior(
        MAF,
        new Composition(Autoregressive.alternating(
            PARAMETERS,
            LAYERS.in(options),
            context.latent(),
            extent(told),
            HIDDEN.in(options),
            form(options))),
        told.keySet());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Network> networks() {
    return toNoise.networks();
  }

  private Bijection toNoise(Conditions conditions) {
    if (told.isEmpty()) {
      return toNoise;
    }
    return toNoise.given(Places.joined(told.stream()
        .map(conditions::get)
        .map(part -> part.reshape(part.shape().dimension(0), -1))
        .toList()));
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    Mapped mapped = toNoise(conditions).forward(z);
    return noise.logProb(mapped.vectors(), conditions).add(mapped.logDeterminant());
  }

  /** The noise that the flow maps. */
  @Override
  public int scaledNoise(int latent) {
    return latent;
  }

  @Override
  public Tensor sample(Tensor normal, Conditions conditions) {
    return toNoise(conditions).inverse(normal).vectors();
  }
}

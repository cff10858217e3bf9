package io.github.jvae.posterior;

import io.github.jvae.flow.AffineForm;
import io.github.jvae.flow.Autoregressive;
import io.github.jvae.flow.ConditionalFlow;
import io.github.jvae.flow.HouseholderFlow;
import io.github.jvae.flow.InverseAutoregressiveFlow;
import io.github.jvae.flow.PlanarFlow;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Network;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.PosteriorFamily;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Diagonal Gaussians mapped by a normalising flow. */
public final class FlowFamily implements PosteriorFamily {
  /** The name, in configurations, of Gaussians mapped by planar maps. */
  public static final String PLANAR = "planar";

  /** The name, in configurations, of Gaussians turned by Householder reflections. */
  public static final String HOUSEHOLDER = "householder";

  /** The name, in configurations, of Gaussians mapped by an inverse autoregressive flow. */
  public static final String IAF = "iaf";

  /** The head that makes what an example's map is told by. */
  public static final String FLOW = "flow";

  private static final OptionDescription<Integer> MAPS =
      OptionDescription.of("maps", OptionType.wholeNumber(1), 10, "Planar maps of each example.");

  private static final OptionDescription<Integer> REFLECTIONS = OptionDescription.of(
      "reflections", OptionType.wholeNumber(1), 8, "Householder reflections of each example.");

  private static final OptionDescription<Integer> LAYERS = OptionDescription.of(
      "layers", OptionType.wholeNumber(1), 2, "Layers of the flow, each with a masked network.");

  private static final OptionDescription<List<Integer>> HIDDEN = OptionDescription.of(
      "hidden", OptionType.wholeNumbers(1), List.of(320), "Hidden units of each masked network.");

  private static final OptionDescription<Integer> CONTEXT = OptionDescription.of(
      "context",
      OptionType.wholeNumber(1),
      32,
      "Numbers of each example that the encoder tells the masked networks.");

  private final String name;
  private final DiagonalGaussianFamily base = new DiagonalGaussianFamily();
  private final ConditionalFlow flow;

  private FlowFamily(String name, ConditionalFlow flow) {
    this.name = name;
    this.flow = flow;
  }

  /** Returns Gaussians mapped by planar maps, by the option {@code maps}. */
  public static FlowFamily planar(Options options) {
    return new FlowFamily(PLANAR, new PlanarFlow(MAPS.in(options)));
  }

  /** Returns the options that {@link #planar} reads. */
  public static OptionDescription<?>[] planarOptions() {
    return new OptionDescription<?>[] {MAPS};
  }

  /** Returns Gaussians turned by reflections, by the option {@code reflections}. */
  public static FlowFamily householder(Options options) {
    return new FlowFamily(HOUSEHOLDER, new HouseholderFlow(REFLECTIONS.in(options)));
  }

  /** Returns the options that {@link #householder} reads. */
  public static OptionDescription<?>[] householderOptions() {
    return new OptionDescription<?>[] {REFLECTIONS};
  }

  /**
   * Returns Gaussians mapped by an inverse autoregressive flow, by the options {@code layers},
   * {@code hidden} and {@code context}.
   */
  public static FlowFamily iaf(Options options, ModelContext context) {
    int size = CONTEXT.in(options);
    return new FlowFamily(
        IAF,
        new InverseAutoregressiveFlow(
            size,
            Autoregressive.alternating(
                "posterior.flow",
                LAYERS.in(options),
                context.latent(),
                size,
                HIDDEN.in(options),
                AffineForm.FREE)));
  }

  /** Returns the options that {@link #iaf} reads. */
  public static OptionDescription<?>[] iafOptions() {
    return new OptionDescription<?>[] {LAYERS, HIDDEN, CONTEXT};
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Network> networks() {
    return flow.networks();
  }

  @Override
  public Map<String, Integer> heads(int latent) {
    Map<String, Integer> heads = new LinkedHashMap<>(base.heads(latent));
    heads.put(FLOW, flow.size(latent));
    return Collections.unmodifiableMap(heads);
  }

  @Override
  public Posterior of(Map<String, Tensor> heads, Inputs in) {
    DiagonalGaussian gaussian = base.of(heads, in);
    return new FlowPosterior(gaussian, flow, Objects.requireNonNull(heads.get(FLOW)));
  }
}

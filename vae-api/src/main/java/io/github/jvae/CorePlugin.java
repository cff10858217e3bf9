package io.github.jvae;

import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.hierarchy.HierarchyPlugin;
import io.github.jvae.likelihood.LikelihoodsPlugin;
import io.github.jvae.likelihood.NegativeBinomial;
import io.github.jvae.likelihood.Poisson;
import io.github.jvae.likelihood.ZeroInflated;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.model.DensityModel;
import io.github.jvae.model.LibraryDecoder;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.objective.ObjectivesPlugin;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.posterior.PosteriorsPlugin;
import io.github.jvae.prior.FlowPriorsPlugin;
import io.github.jvae.prior.PriorsPlugin;
import io.github.jvae.quantized.QuantizedPlugin;
import io.github.jvae.tensor.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The components that come with jvae, under their names in configurations. */
public final class CorePlugin extends Plugin {
  /** The encoder and the decoder that are networks of the architecture. */
  public static final String NETWORK = "network";

  /** The model of one encoder, one decoder and one latent vector. */
  public static final String STANDARD = "standard";

  @Override
  protected void configure() {
    install(new LikelihoodsPlugin());
    install(new PosteriorsPlugin());
    install(new PriorsPlugin());
    install(new QuantizedPlugin());
    install(new HierarchyPlugin());
    install(new ArchitecturesPlugin());
    install(new FlowPriorsPlugin());
    install(new ObjectivesPlugin());
    contribute(
        Kind.ENCODER,
        NETWORK,
        (options, context) -> new NetworkEncoder(
            context.component(Kind.ARCHITECTURE).encoder(),
            context.component(Kind.POSTERIOR),
            context.features().orElse(null)));
    contribute(
        Kind.DECODER,
        NETWORK,
        (options, context) ->
            new NetworkDecoder(context.component(Kind.ARCHITECTURE).decoder()));
    contribute(Kind.DECODER, LibraryDecoder.NAME, (options, context) -> library(context));
    contribute(
        Kind.MODEL,
        STANDARD,
        (options, context) -> new Model(
            context.latent(),
            context.component(Kind.ENCODER),
            context.component(Kind.DECODER),
            context.component(Kind.PRIOR),
            context.component(Kind.LIKELIHOOD)));
    contribute(
        Kind.MODEL,
        ClassifierModel.NAME,
        (options, context) ->
            ClassifierModel.of(context.example(), context.latent(), context.conditions()));
    contribute(
        Kind.MODEL,
        DensityModel.NAME,
        (options, context) ->
            DensityModel.of(context.example(), context.latent(), context.component(Kind.PRIOR)));
  }

  /** The first number that the decoder makes of an element is a count's mean. */
  private static LibraryDecoder library(ModelContext context) {
    String likelihood = context.component(Kind.LIKELIHOOD).name();
    Set<String> ofCounts = Set.of(
        Poisson.NAME, NegativeBinomial.NAME, ZeroInflated.POISSON, ZeroInflated.NEGATIVE_BINOMIAL);
    if (!ofCounts.contains(likelihood)) {
      throw new ConfigurationException("decoder " + LibraryDecoder.NAME + " makes means of counts,"
          + " which the likelihood " + likelihood + " does not read; take one of "
          + String.join(", ", new TreeSet<>(ofCounts)));
    }
    return new LibraryDecoder(
        new NetworkDecoder(context.component(Kind.ARCHITECTURE).decoder()),
        context.example(),
        Optional.ofNullable(context.conditions().get(LibraryDecoder.NAME))
            .filter(Shape.of(1)::equals)
            .isPresent());
  }
}

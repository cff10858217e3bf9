package io.github.jvae;

import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.hierarchy.HierarchyPlugin;
import io.github.jvae.likelihood.LikelihoodsPlugin;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.model.DensityModel;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.objective.ObjectivesPlugin;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.Plugin;
import io.github.jvae.posterior.PosteriorsPlugin;
import io.github.jvae.prior.FlowPriorsPlugin;
import io.github.jvae.prior.PriorsPlugin;
import io.github.jvae.quantized.QuantizedPlugin;

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
            context.component(Kind.ARCHITECTURE).encoder(), context.component(Kind.POSTERIOR)));
    contribute(
        Kind.DECODER,
        NETWORK,
        (options, context) ->
            new NetworkDecoder(context.component(Kind.ARCHITECTURE).decoder()));
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
}

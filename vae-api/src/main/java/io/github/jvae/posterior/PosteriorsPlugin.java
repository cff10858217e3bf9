package io.github.jvae.posterior;

import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.Plugin;

/** The families of posteriors that come with jvae, under their names in configurations. */
public final class PosteriorsPlugin extends Plugin {
  @Override
  protected void configure() {
    contribute(
        Kind.POSTERIOR,
        DiagonalGaussianFamily.NAME,
        (options, context) -> new DiagonalGaussianFamily());
    contribute(Kind.POSTERIOR, FullCovariance.NAME, (options, context) -> new FullCovariance());
    contribute(
        Kind.POSTERIOR,
        FlowFamily.PLANAR,
        (options, context) -> FlowFamily.planar(options),
        FlowFamily.planarOptions());
    contribute(
        Kind.POSTERIOR,
        FlowFamily.HOUSEHOLDER,
        (options, context) -> FlowFamily.householder(options),
        FlowFamily.householderOptions());
    contribute(Kind.POSTERIOR, FlowFamily.IAF, FlowFamily::iaf, FlowFamily.iafOptions());
    contribute(
        Kind.POSTERIOR,
        VonMisesFisherFamily.NAME,
        (options, context) -> VonMisesFisherFamily.of(context));
  }
}

package io.github.jvae.compatibility;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.plugin.Kind;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A linear variational autoencoder: the model of a {@link LinearModel}, in an engine. */
final class LinearVae {
  static final Shape IMAGE = Shape.of(1, 2, 3);
  static final int LATENT = 2;

  private LinearVae() {}

  /** With first weights, to be trained by an objective. */
  static ModelRuntime of(OpenBackend engine, String likelihood, String objective) {
    Architecture networks = new Architecture(
        NetworkShapes.of(IMAGE, LATENT),
        List.of(new Layer.Flatten()),
        List.of(new Layer.Dense(IMAGE.size()), new Layer.Unflatten(1, 2, 3)));
    Model model = new Model(
        LATENT,
        new NetworkEncoder(networks.encoder(), new DiagonalGaussianFamily()),
        new NetworkDecoder(networks.decoder()),
        ComponentSpec.of("{'type':'standard-normal'}").make(engine, Kind.PRIOR, IMAGE, LATENT),
        ComponentSpec.of(likelihood).make(engine, Kind.LIKELIHOOD, IMAGE, LATENT));
    ModelRuntime runtime = new ModelRuntime(
        engine.backend(), IMAGE, model, ObjectiveSample.objective(objective, engine, model, IMAGE));
    runtime.createVariables(4);
    return runtime;
  }

  /** With the weights of an exact model and of a posterior. */
  static ModelRuntime of(
      OpenBackend engine, LinearModel exact, LinearModel.Code q, String objective) {
    ModelRuntime runtime =
        of(engine, "{'type':'gaussian','sigma':" + exact.sigma() + "}", objective);
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    weights.put("decoder.output.weight", exact.decoderWeight());
    weights.put("decoder.output.bias", exact.decoderBias());
    weights.put("encoder.mean.weight", q.weight());
    weights.put("encoder.mean.bias", q.bias());
    weights.put("encoder.log_variance.weight", HostTensor.zeros(Shape.of(LATENT, IMAGE.size())));
    weights.put("encoder.log_variance.bias", q.logVariance());
    engine.backend().variables().writeAll(weights);
    return runtime;
  }
}

package io.github.jvae;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.PixelMoments;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Component;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model without its engine: enough to know its parameters, which no memory is reserved for yet.
 *
 * @param example the shape of one example
 * @param architecture the networks
 * @param likelihood {@code p(x|z)}
 * @param prior {@code p(z)}
 * @param objective what training minimises
 */
record ModelParts(
    Shape example,
    Architecture architecture,
    Likelihood likelihood,
    Prior prior,
    Objective objective) {

  /**
   * The parts that a configuration names.
   *
   * @throws io.github.jvae.error.VaeException if one is unknown, or an option is out of range
   */
  static ModelParts of(VaeConfig config, Catalogue catalogue) {
    Likelihood likelihood = config.create(catalogue, Kind.LIKELIHOOD);
    return new ModelParts(
        config.shape(),
        config.networks(catalogue, likelihood),
        likelihood,
        config.create(catalogue, Kind.PRIOR),
        config.create(catalogue, Kind.OBJECTIVE));
  }

  /** How many numbers the decoder makes for each of an image's. */
  static int outputsPerChannel(Likelihood likelihood, Shape example) {
    return likelihood.decoded(example).dimension(0) / example.dimension(0);
  }

  /**
   * The same with an output bias that starts from pixels.
   *
   * @throws io.github.jvae.error.VaeException if it cannot
   */
  ModelParts withOutputBias(PixelMoments pixels) {
    return new ModelParts(
        example, OutputBias.set(architecture, likelihood, pixels), likelihood, prior, objective);
  }

  /** The shapes of all parameters by name, as the model's file holds them. */
  Map<String, Shape> parameterShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Stream.of(
            Stream.of(
                architecture.encoder().parameters(), architecture.decoder().parameters()),
            Stream.of(prior, likelihood, objective).map(Component::parameters))
        .flatMap(lists -> lists)
        .flatMap(List<Parameter>::stream)
        .forEach(parameter -> shapes.put(parameter.name(), parameter.shape()));
    return shapes;
  }

  /** The model in an engine, without variables yet. */
  ModelRuntime on(Backend backend) {
    Model model = new Model(
        architecture.latent(),
        new NetworkEncoder(architecture.encoder(), new DiagonalGaussianFamily()),
        new NetworkDecoder(architecture.decoder()),
        prior,
        likelihood);
    return new ModelRuntime(backend, example, model, objective);
  }
}

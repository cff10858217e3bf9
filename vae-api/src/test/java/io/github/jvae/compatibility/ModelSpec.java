package io.github.jvae.compatibility;

import io.github.jvae.backend.Computation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.Kind;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model as data, to be built on any backend.
 *
 * @param input one image, [channels, height, width]
 * @param latent the extent of the latent vector
 */
record ModelSpec(
    Shape input,
    int latent,
    ComponentSpec architecture,
    ComponentSpec likelihood,
    ComponentSpec prior) {

  /** A small fully connected model of binary images. */
  static ModelSpec mlp() {
    return new ModelSpec(
        Shape.of(1, 6, 5),
        3,
        ComponentSpec.of("{'type':'mlp','hidden':[12],'activation':'tanh'}"),
        ComponentSpec.of("{'type':'bernoulli'}"),
        ComponentSpec.of("{'type':'standard-normal'}"));
  }

  /** A small convolutional model of colour images with a shared learned sigma. */
  static ModelSpec conv() {
    return new ModelSpec(
        Shape.of(2, 8, 8),
        3,
        ComponentSpec.of("{'type':'conv','channels':[3,4],'kernel':4,'stride':2,'padding':1,"
            + "'dense':8,'activation':'softplus'}"),
        ComponentSpec.of("{'type':'gaussian','sigma':'shared','initial_sigma':0.5}"),
        ComponentSpec.of("{'type':'standard-normal'}"));
  }

  ModelSpec withLikelihood(String json) {
    return new ModelSpec(input, latent, architecture, ComponentSpec.of(json), prior);
  }

  ModelSpec withPrior(String json) {
    return new ModelSpec(input, latent, architecture, likelihood, ComponentSpec.of(json));
  }

  /** The networks, as data. */
  Architecture networks(OpenBackend engine) {
    return architecture
        .make(engine, Kind.ARCHITECTURE, input, latent)
        .build(
            input, latent, distribution(engine).decoded(input).dimension(0) / input.dimension(0));
  }

  private Likelihood distribution(OpenBackend engine) {
    return likelihood.make(engine, Kind.LIKELIHOOD, input, latent);
  }

  /** The model on a backend, its variables not yet created. */
  Model assemble(OpenBackend engine) {
    Architecture networks = networks(engine);
    return new Model(
        latent,
        new NetworkEncoder(networks.encoder(), new DiagonalGaussianFamily()),
        new NetworkDecoder(networks.decoder()),
        prior.make(engine, Kind.PRIOR, input, latent),
        distribution(engine));
  }

  /** The model on a backend, its variables created from a seed. */
  Model start(OpenBackend engine, long seed) {
    Model model = assemble(engine);
    List<Parameter> parameters = model.parameters();
    engine.create(parameters, seed);
    return model;
  }

  /** Binary images of this shape. */
  HostTensor images(int batch) {
    return Numbers.binary("images", input.prepend(batch));
  }

  /** Standard normal noise for a batch, another for each step. */
  HostTensor noise(int step, int batch) {
    return Numbers.normal("noise " + step, Shape.of(batch, latent));
  }

  /** The objective over inputs x, noise and KL weight: the loss, then its terms. */
  static Computation objective(Model model, Objective objective) {
    return (trace, inputs) -> {
      Loss loss = objective.evaluate(
          model,
          new Inputs(inputs.get(0)),
          inputs.get(1),
          Map.of(Objective.KL_WEIGHT, inputs.get(2)));
      List<Tensor> outputs = new ArrayList<>(List.of(loss.loss()));
      objective.terms(model).forEach(term -> outputs.add(loss.terms().get(term)));
      return outputs;
    };
  }

  /** The bound as the catalogue has it by default. */
  static Computation elbo(OpenBackend engine, Model model) {
    return objective(model, new Elbo(DivergenceForm.CLOSED_FORM));
  }
}

package io.github.jvae.compatibility;

import io.github.jvae.backend.Computation;
import io.github.jvae.column.Columns;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model as data, to be built on any backend.
 *
 * @param input the shape of one example
 * @param latent the extent of the latent vector
 * @param columns what each element of an example is, where each has a name
 * @param conditions the shapes of what is known of each example beside
 * @param components one of each kind but the objective
 */
record ModelSpec(
    Shape input,
    int latent,
    Optional<Columns> columns,
    Map<String, Shape> conditions,
    Map<Kind<?>, ComponentSpec> components) {

  /** A model of the usual parts. */
  static ModelSpec of(
      Shape input, int latent, ComponentSpec architecture, ComponentSpec likelihood) {
    Map<Kind<?>, ComponentSpec> usual = new LinkedHashMap<>();
    usual.put(Kind.LIKELIHOOD, likelihood);
    usual.put(Kind.POSTERIOR, ComponentSpec.of("{'type':'diagonal-gaussian'}"));
    usual.put(Kind.ARCHITECTURE, architecture);
    usual.put(Kind.ENCODER, ComponentSpec.of("{'type':'network'}"));
    usual.put(Kind.DECODER, ComponentSpec.of("{'type':'network'}"));
    usual.put(Kind.PRIOR, ComponentSpec.of("{'type':'standard-normal'}"));
    usual.put(Kind.MODEL, ComponentSpec.of("{'type':'standard'}"));
    return new ModelSpec(input, latent, Optional.empty(), Map.of(), usual);
  }

  /** A small fully connected model of binary images. */
  static ModelSpec mlp() {
    return of(
        Shape.of(1, 6, 5),
        3,
        ComponentSpec.of("{'type':'mlp','hidden':[12],'activation':'tanh'}"),
        ComponentSpec.of("{'type':'bernoulli'}"));
  }

  /** A small convolutional model of colour images with a shared learned sigma. */
  static ModelSpec conv() {
    return of(
        Shape.of(2, 8, 8),
        3,
        ComponentSpec.of("{'type':'conv','channels':[3,4],'kernel':4,'stride':2,'padding':1,"
            + "'dense':8,'activation':'softplus'}"),
        ComponentSpec.of("{'type':'gaussian','sigma':'shared','initial_sigma':0.5}"));
  }

  ModelSpec with(Kind<?> kind, String json) {
    return with(kind, ComponentSpec.of(json));
  }

  ModelSpec with(Kind<?> kind, ComponentSpec component) {
    Map<Kind<?>, ComponentSpec> others = new LinkedHashMap<>(components);
    others.put(kind, component);
    return new ModelSpec(input, latent, columns, conditions, others);
  }

  /** The same for other examples. */
  ModelSpec withInput(Shape shape) {
    return new ModelSpec(shape, latent, columns, conditions, components);
  }

  /** The same for the rows of a table. */
  ModelSpec withColumns(Columns known) {
    return new ModelSpec(
        Shape.of(known.size()), latent, Optional.of(known), conditions, components);
  }

  /** The same with a condition. */
  ModelSpec withCondition(String name, Shape shape) {
    Map<String, Shape> more = new TreeMap<>(conditions);
    more.put(name, shape);
    return new ModelSpec(input, latent, columns, more, components);
  }

  /** The networks, as data. */
  Architecture networks(OpenBackend engine) {
    return context(engine).component(Kind.ARCHITECTURE);
  }

  private ModelContext context(OpenBackend engine) {
    ModelContext plain = ModelContext.of(input, latent).withConditions(conditions);
    ModelContext context = columns.map(plain::withColumns).orElse(plain);
    for (Map.Entry<Kind<?>, ComponentSpec> component : components.entrySet()) {
      context = component.getValue().addTo(context, engine, component.getKey());
    }
    return context;
  }

  /** The model on a backend, its variables not yet created. */
  Model assemble(OpenBackend engine) {
    return (Model) latentModel(engine);
  }

  /** The model on a backend, whatever it is made of, its variables not yet created. */
  LatentModel latentModel(OpenBackend engine) {
    return context(engine).component(Kind.MODEL);
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

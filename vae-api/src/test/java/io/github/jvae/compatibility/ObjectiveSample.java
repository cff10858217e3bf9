package io.github.jvae.compatibility;

import static java.util.Objects.requireNonNull;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Objective;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An objective of the catalogue with a small model to train.
 *
 * @param json the objective's name and options
 * @param spec the model
 */
record ObjectiveSample(String json, ModelSpec spec) {
  /** The values of all schedules that an objective may have. */
  private static final Map<String, Double> SCHEDULES =
      Map.of(Objective.KL_WEIGHT, 0.5, "capacity", 1.5, Objective.TRAINING_EXAMPLES, 50.0);

  /** All objectives, each with the options that make a difference. */
  static List<ObjectiveSample> all() {
    return List.of(
            "{'type':'elbo'}",
            "{'type':'elbo','form':'sampled'}",
            "{'type':'beta','beta':3}",
            "{'type':'capacity','gamma':7}",
            "{'type':'free-bits','lambda':0.03}",
            "{'type':'free-bits','lambda':0.01,'per':'group'}",
            "{'type':'iwae','draws':3}",
            "{'type':'dreg','draws':3}",
            "{'type':'ciwae','draws':3,'beta':0.2}",
            "{'type':'miwae','sets':2,'draws':3}",
            "{'type':'piwae','sets':2,'draws':3}",
            "{'type':'renyi','draws':3,'alpha':0.3}",
            "{'type':'renyi','draws':3,'alpha':1}",
            "{'type':'renyi','draws':3,'alpha':2.5}",
            "{'type':'info','lambda':20}",
            "{'type':'info','alpha':0.5,'lambda':20,'kernel':'imq','bandwidth':2}",
            "{'type':'beta-tc'}",
            "{'type':'beta-tc','estimator':'weighted','alpha':2,'gamma':0.5}",
            "{'type':'dip'}",
            "{'type':'dip','variant':'i'}",
            "{'type':'factor','discriminator_hidden':[6,5],'discriminator_rate':0.5}",
            "{'type':'rae','lambda':0.1}",
            "{'type':'rae','lambda':0.1,'regularizer':'gradient-penalty'}")
        .stream()
        .map(json -> new ObjectiveSample(json, ModelSpec.mlp()))
        .toList();
  }

  /** The objective for a model. */
  static Objective objective(String json, OpenBackend engine, LatentModel model, Shape example) {
    ComponentSpec spec = ComponentSpec.of(json);
    ModelContext context = ModelContext.of(example, model.latent()).with(Kind.MODEL, model);
    return engine.catalogue().create(Kind.OBJECTIVE, spec.type(), spec.options(), context);
  }

  /** The model on a backend, its variables and the objective's created from a seed. */
  ModelRuntime start(OpenBackend engine) {
    LatentModel model = spec.latentModel(engine);
    ModelRuntime runtime = new ModelRuntime(
        engine.backend(), spec.input(), model, objective(json, engine, model, spec.input()));
    runtime.createVariables(3);
    return runtime;
  }

  /** What a step is given. */
  HostTensor[] inputs(ModelRuntime runtime, int batch, int step) {
    Objective objective = runtime.objective();
    List<HostTensor> inputs = new ArrayList<>();
    inputs.add(spec.images(batch));
    inputs.add(
        Numbers.normal("noise " + step, Shape.of(batch, objective.noiseSize(runtime.model()))));
    Map<String, Double> values = new LinkedHashMap<>(SCHEDULES);
    objective
        .schedules()
        .forEach(name -> inputs.add(HostTensor.scalar(requireNonNull(values.get(name)))));
    return inputs.toArray(HostTensor[]::new);
  }

  @Override
  public String toString() {
    return json.replace("'", "");
  }
}

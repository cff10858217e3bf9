package io.github.jvae;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Component;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model without its engine: enough to know its parameters, which no memory is reserved for yet.
 *
 * @param example the shape of one example
 * @param conditions the shapes of what is known of each example beside, by name
 * @param model its components
 * @param objective what training minimises
 */
record ModelParts(
    Shape example, SortedMap<String, Shape> conditions, LatentModel model, Objective objective) {

  /**
   * Makes the parts that a configuration names.
   *
   * @param outputBias the moments that the decoder's output bias starts from, if it is to
   * @throws io.github.jvae.error.VaeException if one is unknown, an option is out of range, or the
   *     parts do not fit each other
   */
  static ModelParts of(VaeConfig config, Catalogue catalogue, @Nullable ElementMoments outputBias) {
    ModelContext context = config.context();
    for (Kind<?> kind : Kind.all()) {
      context = with(config, catalogue, kind, context);
      if (kind == Kind.ARCHITECTURE && outputBias != null) {
        ModelContext plain = context;
        context = context.withMade(
            Kind.ARCHITECTURE,
            any -> biased(config, plain.componentIn(any, Kind.ARCHITECTURE), any, outputBias));
      }
    }
    return new ModelParts(
        context.example(),
        context.conditions(),
        context.component(Kind.MODEL),
        context.component(Kind.OBJECTIVE));
  }

  private static <C> ModelContext with(
      VaeConfig config, Catalogue catalogue, Kind<C> kind, ModelContext context) {
    ComponentConfig component = config.component(kind);
    return context.withMade(
        kind, any -> catalogue.create(kind, component.type(), component.options(), any));
  }

  private static Architecture biased(
      VaeConfig config,
      Architecture architecture,
      ModelContext context,
      ElementMoments outputBias) {
    if (!config.component(Kind.DECODER).type().equals(CorePlugin.NETWORK)) {
      throw new ConfigurationException("the output bias cannot start from data, as the decoder is "
          + config.component(Kind.DECODER).type()
          + " and not the architecture's network; leave that"
          + " out");
    }
    Likelihood likelihood = context.component(Kind.LIKELIHOOD);
    return OutputBias.set(architecture, likelihood, outputBias);
  }

  /** Returns the parts that own parameters. */
  List<Component> components() {
    return Stream.concat(model.components().stream(), Stream.of(objective)).toList();
  }

  /** Returns the shapes of all parameters by name, as the model's file holds them. */
  Map<String, Shape> parameterShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    Stream.concat(model.parameters().stream(), objective.parameters().stream())
        .forEach((Parameter parameter) -> shapes.put(parameter.name(), parameter.shape()));
    return shapes;
  }

  /** Returns the model in an engine, without variables yet. */
  ModelRuntime on(Backend backend) {
    return new ModelRuntime(backend, example, conditions, model, objective);
  }
}

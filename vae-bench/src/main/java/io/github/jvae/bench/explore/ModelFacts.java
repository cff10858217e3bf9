package io.github.jvae.bench.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.Labels;
import io.github.jvae.evaluate.LatentActivity;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.Shape;
import java.util.List;

/** What the page is told of a model. */
final class ModelFacts {
  private static final int IMAGE_RANK = 3;
  private static final int COLOURS = 3;

  private ModelFacts() {}

  /** Returns what does not change while a model is open, and whether its folder has. */
  static ObjectNode of(ExploredModel model) {
    Vae vae = model.vae();
    VaeConfig config = vae.config();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", model.source().name())
        .put("backend", vae.backend().name())
        .put("parameters", vae.parameterCount())
        .put("kind", kind(config))
        .put("latent", vae.runtime().model().latent())
        .put("model", config.component(Kind.MODEL).type())
        .put("architecture", config.architecture().type())
        .put("prior", config.prior().type())
        .put("likelihood", config.likelihood().type())
        .put("contributions", model.hasContributions())
        .put("outdated", model.isOutdated());
    ArrayNode shape = json.putArray("shape");
    config.input().forEach(shape::add);
    groups(json.putArray("groups"), vae.runtime().model().groups());
    model.samplers().forEach(json.putArray("samplers")::add);
    ArrayNode conditions = json.putArray("conditions");
    vae.runtime()
        .conditions()
        .forEach((name, extents) ->
            condition(conditions.addObject().put("name", name), name, extents, config));
    model.source().shown().ifPresent(shown -> {
      json.putObject("data")
          .put("words", shown.words())
          .put("count", shown.data().size());
    });
    return json;
  }

  private static String kind(VaeConfig config) {
    Shape shape = config.shape();
    if (config.columns().isPresent()) {
      return "table";
    }
    return shape.rank() == IMAGE_RANK && (shape.dimension(0) == 1 || shape.dimension(0) == COLOURS)
        ? "image"
        : "numbers";
  }

  private static void groups(ArrayNode json, List<LatentGroup> groups) {
    groups.forEach(group -> json.addObject()
        .put("name", group.name())
        .put("level", group.level())
        .put("size", group.size()));
  }

  private static void condition(ObjectNode json, String name, Shape extents, VaeConfig config) {
    json.put("size", extents.size());
    ArrayNode classes = json.putArray("classes");
    config.conditionClasses().getOrDefault(name, List.of()).forEach(classes::add);
  }

  /** Returns JSON of what each latent dimension holds. */
  static ObjectNode activity(LatentActivity activity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    activity.variances().forEach(json.putArray("variances")::add);
    activity.kl().forEach(json.putArray("kl")::add);
    return json.put("active", activity.activeUnits());
  }

  /** Returns JSON of the classes and factors of some examples, by which a map is coloured. */
  static ArrayNode colours(Examples examples, List<Integer> places) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    examples.conditions().stream()
        .filter(Labels.class::isInstance)
        .map(Labels.class::cast)
        .forEach(labels -> {
          ObjectNode one = json.addObject().put("name", labels.name());
          ArrayNode classes = one.putArray("classes");
          for (int number = 0; number < labels.classes(); number++) {
            classes.add(labels.className(number));
          }
          ArrayNode values = one.putArray("values");
          places.forEach(place -> values.add(labels.label(place)));
        });
    examples.factors().ifPresent(factors -> factors(json, factors, places));
    return json;
  }

  private static void factors(ArrayNode json, Factors factors, List<Integer> places) {
    for (int factor = 0; factor < factors.names().size(); factor++) {
      ArrayNode values =
          json.addObject().put("name", factors.names().get(factor)).putArray("values");
      for (int place : places) {
        values.add(factors.value(place, factor));
      }
    }
  }
}

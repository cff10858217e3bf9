package io.github.jvae;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a model is, as data; the {@code model} part of a model folder's {@code config.json}:
 *
 * <pre>{@code
 * {
 *   "input": [1, 28, 28],
 *   "architecture": {"type": "mlp", "hidden": [400], "activation": "relu"},
 *   "latent": 20,
 *   "likelihood": {"type": "bernoulli"},
 *   "prior": {"type": "standard-normal"},
 *   "objective": {"type": "elbo", "form": "closed-form"}
 * }
 * }</pre>
 *
 * <p>Nothing here names an engine: the same configuration runs on each.
 *
 * @param input one image: channels, height, width
 * @param architecture the networks
 * @param latent the extent of the latent vector
 * @param likelihood {@code p(x|z)}
 * @param prior {@code p(z)}
 * @param objective what training minimises
 */
public record VaeConfig(
    List<Integer> input,
    ComponentConfig architecture,
    int latent,
    ComponentConfig likelihood,
    ComponentConfig prior,
    ComponentConfig objective) {
  private static final String INPUT = "input";
  private static final String ARCHITECTURE = "architecture";
  private static final String LATENT = "latent";
  private static final String LIKELIHOOD = "likelihood";
  private static final String PRIOR = "prior";
  private static final String OBJECTIVE = "objective";
  private static final Set<String> KEYS =
      Set.of(INPUT, ARCHITECTURE, LATENT, LIKELIHOOD, PRIOR, OBJECTIVE);

  public VaeConfig {
    input = List.copyOf(input);
  }

  /** Images of one channel and 28 x 28 pixels, {@code mlp} with 400 units, 20 latent, Bernoulli. */
  public static VaeConfig defaults() {
    return new VaeConfig(
        List.of(1, 28, 28),
        ComponentConfig.of(CorePlugin.MLP),
        20,
        ComponentConfig.of(Bernoulli.NAME),
        ComponentConfig.of(StandardNormal.NAME),
        ComponentConfig.of(Elbo.NAME));
  }

  /**
   * Everything that is wrong with this configuration, each in a sentence; nothing if it is fine.
   *
   * @param catalogue knows the components
   */
  public List<String> faults(Catalogue catalogue) {
    List<String> faults = new ArrayList<>();
    boolean sized = true;
    if (input.size() != 3 || input.stream().anyMatch(extent -> extent < 1)) {
      faults.add(
          "input must be [channels, height, width], each at least 1, not " + Quote.bare(input));
      sized = false;
    }
    if (latent < 1) {
      faults.add("latent must be at least 1, not " + latent);
      sized = false;
    }
    var madeLikelihood =
        attempt(faults, () -> catalogue.likelihood(likelihood.type(), likelihood.options()));
    attempt(faults, () -> catalogue.prior(prior.type(), prior.options()));
    attempt(faults, () -> catalogue.objective(objective.type(), objective.options()));
    var template =
        attempt(faults, () -> catalogue.architecture(architecture.type(), architecture.options()));
    if (sized && template != null) {
      int channelsPerPixel =
          madeLikelihood == null ? 1 : ModelParts.outputsPerChannel(madeLikelihood, shape());
      attempt(faults, () -> template.build(shape(), latent, channelsPerPixel));
    }
    return faults;
  }

  private static <T> @Nullable T attempt(List<String> faults, Supplier<T> part) {
    try {
      return part.get();
    } catch (VaeException e) {
      faults.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Checks everything at once.
   *
   * @throws VaeException that lists every fault
   */
  public void validate(Catalogue catalogue) {
    requireNone(faults(catalogue));
  }

  /**
   * This configuration with every option written out, those left to their defaults too: what is
   * saved with a model, so that a later version may change a default.
   *
   * @throws VaeException if a component or an option is unknown or out of range
   */
  public VaeConfig complete(Catalogue catalogue) {
    return new VaeConfig(
        input,
        architecture.complete(catalogue, Catalogue.Kind.ARCHITECTURE),
        latent,
        likelihood.complete(catalogue, Catalogue.Kind.LIKELIHOOD),
        prior.complete(catalogue, Catalogue.Kind.PRIOR),
        objective.complete(catalogue, Catalogue.Kind.OBJECTIVE));
  }

  private static void requireNone(List<String> faults) {
    if (faults.size() == 1) {
      throw new VaeException("the configuration has a fault: " + faults.get(0));
    }
    if (!faults.isEmpty()) {
      StringBuilder message =
          new StringBuilder("the configuration has " + faults.size() + " faults:");
      for (int i = 0; i < faults.size(); i++) {
        message.append(i == 0 ? " (" : "; (").append(i + 1).append(") ").append(faults.get(i));
      }
      throw new VaeException(message.toString());
    }
  }

  /** One image, [channels, height, width]. */
  public Shape shape() {
    return Shape.of(input.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * Reads a configuration. What is not given is as in {@link #defaults}, but {@code input} must be.
   *
   * @throws VaeException that lists unknown keys and values of the wrong kind, all at once
   */
  public static VaeConfig fromJson(JsonNode json) {
    if (!json.isObject()) {
      throw new VaeException("a configuration must be a JSON object, not " + json.getNodeType());
    }
    List<String> faults = new ArrayList<>();
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      faults.add("unknown key "
          + Quote.list(unknown)
          + "; the keys are "
          + String.join(", ", new TreeSet<>(KEYS)));
    }
    Builder builder = new Builder();
    read(faults, json, INPUT, node -> builder.input = extents(node));
    if (!json.has(INPUT)) {
      faults.add("input is missing; write [channels, height, width]");
    }
    read(faults, json, LATENT, node -> builder.latent = wholeNumber(LATENT, node));
    read(
        faults,
        json,
        ARCHITECTURE,
        n -> builder.architecture = ComponentConfig.of(ARCHITECTURE, n));
    read(faults, json, LIKELIHOOD, n -> builder.likelihood = ComponentConfig.of(LIKELIHOOD, n));
    read(faults, json, PRIOR, n -> builder.prior = ComponentConfig.of(PRIOR, n));
    read(faults, json, OBJECTIVE, n -> builder.objective = ComponentConfig.of(OBJECTIVE, n));
    requireNone(faults);
    return builder.build();
  }

  private static void read(
      List<String> faults, JsonNode json, String key, Consumer<JsonNode> reader) {
    JsonNode value = json.get(key);
    if (value != null) {
      try {
        reader.accept(value);
      } catch (VaeException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private static List<Integer> extents(JsonNode node) {
    if (!node.isArray()) {
      throw new VaeException("input must be [channels, height, width], not " + Quote.bare(node));
    }
    List<Integer> result = new ArrayList<>();
    node.forEach(element -> result.add(wholeNumber(INPUT, element)));
    return result;
  }

  private static int wholeNumber(String key, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new VaeException(key + " must be a whole number from 1 to " + Integer.MAX_VALUE
          + ", not " + Quote.bare(node));
    }
    return node.intValue();
  }

  /** This configuration as {@link #fromJson} reads it. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode extents = json.putArray(INPUT);
    input.forEach(extents::add);
    json.set(ARCHITECTURE, architecture.toJson());
    json.put(LATENT, latent);
    json.set(LIKELIHOOD, likelihood.toJson());
    json.set(PRIOR, prior.toJson());
    json.set(OBJECTIVE, objective.toJson());
    return json;
  }

  /** Collects the parts while they are read. */
  static final class Builder {
    List<Integer> input = defaults().input();
    ComponentConfig architecture = defaults().architecture();
    int latent = defaults().latent();
    ComponentConfig likelihood = defaults().likelihood();
    ComponentConfig prior = defaults().prior();
    ComponentConfig objective = defaults().objective();

    VaeConfig build() {
      return new VaeConfig(input, architecture, latent, likelihood, prior, objective);
    }
  }
}

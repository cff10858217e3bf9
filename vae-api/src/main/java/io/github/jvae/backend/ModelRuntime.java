package io.github.jvae.backend;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model in the backend that computes it: what training and evaluation work on.
 *
 * @param backend holds the variables
 * @param architecture the networks' description
 * @param model the parts
 * @param objective what training minimises
 */
public record ModelRuntime(
    Backend backend, Architecture architecture, Model model, Objective objective) {

  /** The parameters of the model and of the objective. */
  public List<Parameter> parameters() {
    return Stream.concat(model.parameters().stream(), objective.parameters().stream())
        .toList();
  }

  /**
   * Creates the variables with their first values, which follow from the seed alone.
   *
   * @throws VaeException if two components claim the same name
   */
  public void createVariables(long seed) {
    createVariables(parameter -> parameter.initialValue(seed));
  }

  /**
   * Creates the variables with given values; no first ones are made.
   *
   * @param values by name
   * @throws VaeException if one is missing or of another shape, or two components claim the same
   *     name
   */
  public void createVariables(Map<String, HostTensor> values) {
    createVariables(parameter -> {
      HostTensor value = values.get(parameter.name());
      if (value == null) {
        throw new VaeException("there is no value for the parameter " + parameter.name());
      }
      return value;
    });
  }

  private void createVariables(Function<Parameter, HostTensor> values) {
    Set<String> names = new LinkedHashSet<>();
    for (Parameter parameter : parameters()) {
      if (!names.add(parameter.name())) {
        throw new VaeException(
            "two components declare a parameter named " + parameter.name() + "; rename one");
      }
      backend.variables().create(parameter, values.apply(parameter));
    }
  }

  /**
   * What a training step computes.
   *
   * @return a computation of images [B, C, H, W], noise of the objective's shape and the KL weight
   *     []: the loss, then the mean of each of the objective's terms, in order
   */
  public Computation trainingLoss() {
    return Computation.of(
        objective.averagesExamples()
            ? Computation.Examples.AVERAGED
            : Computation.Examples.TOGETHER,
        (trace, inputs) -> {
          Loss loss = objective.evaluate(model, inputs.get(0), inputs.get(1), inputs.get(2));
          List<Tensor> outputs = new ArrayList<>();
          outputs.add(loss.loss());
          objective.terms().forEach(term -> outputs.add(term(loss, term).mean()));
          return outputs;
        });
  }

  private Tensor term(Loss loss, String name) {
    Tensor values = loss.terms().get(name);
    if (values == null) {
      throw new VaeException("objective " + objective.name() + " promises a term " + name
          + " but returned only " + loss.terms().keySet());
    }
    return values;
  }

  /** How many numbers are trained. */
  public long parameterCount() {
    return parameters().stream()
        .mapToLong(parameter -> parameter.shape().size())
        .sum();
  }
}

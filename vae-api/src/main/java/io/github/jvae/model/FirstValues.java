package io.github.jvae.model;

import io.github.jvae.tensor.Tensor;
import java.util.Map;

/**
 * How the first values of some of a component's parameters are made of training examples. They are
 * computed once, by an engine in which all parameters have the first values that a seed gives.
 *
 * @param examples how many it takes; no example is taken twice
 * @param recipe makes the values
 */
public record FirstValues(int examples, Recipe recipe) {

  /** Makes first values. */
  public interface Recipe {
    /**
     * Records the values.
     *
     * @param in training examples, as many as were asked for
     * @return values by the names of the parameters, of their shapes
     */
    Map<String, Tensor> of(Inputs in);
  }
}

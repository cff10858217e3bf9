package io.github.jvae.backend;

import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What Adam remembers between steps, in the portable layout.
 *
 * @param step how many steps were taken
 * @param firstMoments the running mean of the gradients, by variable
 * @param secondMoments the running mean of the squared gradients, by variable
 */
public record OptimizerState(
    long step, Map<String, HostTensor> firstMoments, Map<String, HostTensor> secondMoments) {

  public OptimizerState {
    firstMoments = Collections.unmodifiableMap(new LinkedHashMap<>(firstMoments));
    secondMoments = Collections.unmodifiableMap(new LinkedHashMap<>(secondMoments));
  }

  /**
   * Checks that this can be the memory of an optimizer of some variables.
   *
   * @throws VaeException if the step is negative, or names or shapes are not those of the variables
   */
  public void requireFit(Variables variables) {
    if (step < 0) {
      throw new VaeException("an optimizer's step must be 0 or more, not " + step);
    }
    TreeSet<String> names = new TreeSet<>(variables.names());
    for (Map<String, HostTensor> moments : List.of(firstMoments, secondMoments)) {
      if (!moments.keySet().equals(names)) {
        throw new VaeException("an optimizer's state is of the variables "
            + Quote.list(new TreeSet<>(moments.keySet())) + ", but the model has "
            + Quote.list(names));
      }
      moments.forEach((name, value) -> {
        if (!value.shape().equals(variables.shape(name))) {
          throw new VaeException("an optimizer's state of variable " + name + " has shape "
              + value.shape() + ", but the variable has " + variables.shape(name));
        }
      });
    }
  }
}

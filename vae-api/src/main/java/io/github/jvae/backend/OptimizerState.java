package io.github.jvae.backend;

import io.github.jvae.tensor.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
}

package io.github.jvae.backend;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an optimizer remembers between steps, in the portable layout.
 *
 * @param optimizer the name of the optimizer
 * @param step how many steps were taken, skipped ones left out
 * @param adversaryStep how many were taken of the adversary, if the objective has one: as many,
 *     unless one of both was skipped
 * @param slots the optimizer's slots, each by variable
 */
public record OptimizerState(
    String optimizer,
    long step,
    long adversaryStep,
    Map<OptimizerSlot, Map<String, HostTensor>> slots) {

  /** What an optimizer remembers that has no opponent. */
  public OptimizerState(
      String optimizer, long step, Map<OptimizerSlot, Map<String, HostTensor>> slots) {
    this(optimizer, step, step, slots);
  }

  public OptimizerState {
    Map<OptimizerSlot, Map<String, HostTensor>> copy = new LinkedHashMap<>();
    slots.forEach(
        (slot, values) -> copy.put(slot, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    slots = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns a slot by variable.
   *
   * @throws VaeException if the optimizer has no such slot
   */
  public Map<String, HostTensor> slot(OptimizerSlot slot) {
    Map<String, HostTensor> values = slots.get(slot);
    if (values == null) {
      throw new ConfigurationException(
          "the state of optimizer " + optimizer + " has no " + slot.key());
    }
    return values;
  }

  /** Returns what the adversary's optimizer remembers. */
  OptimizerState ofAdversary() {
    return new OptimizerState(optimizer, adversaryStep, slots);
  }

  /**
   * Checks that this can be the memory of an optimizer of some variables.
   *
   * @throws VaeException if it is another optimizer's, the step is negative, or names or shapes are
   *     not those of the variables
   */
  public void requireFit(Optimizer user, Variables variables) {
    requireSlots(user);
    if (step < 0) {
      throw new ConfigurationException("an optimizer's step must be 0 or more, not " + step);
    }
    TreeSet<String> names = new TreeSet<>(variables.names());
    for (Map<String, HostTensor> values : slots.values()) {
      if (!values.keySet().equals(names)) {
        throw new ConfigurationException("an optimizer's state is of the variables "
            + Quote.list(new TreeSet<>(values.keySet())) + ", but the model has "
            + Quote.list(names));
      }
      values.forEach((name, value) -> {
        if (!value.shape().equals(variables.shape(name))) {
          throw new ConfigurationException("an optimizer's state of variable " + name
              + " has shape " + value.shape() + ", but the variable has " + variables.shape(name));
        }
      });
    }
  }

  private void requireSlots(Optimizer user) {
    if (!optimizer.equals(user.name())) {
      throw new ConfigurationException(
          "the saved optimizer state is " + Quote.bare(optimizer) + "'s, with" + " which "
              + user.name() + " cannot go on; go on with " + Quote.bare(optimizer));
    }
    Set<OptimizerSlot> needed = new LinkedHashSet<>(user.slots());
    if (!slots.keySet().equals(needed)) {
      throw new ConfigurationException("the saved state of optimizer " + optimizer + " holds "
          + listed(slots.keySet()) + ", but with these options it remembers " + listed(needed)
          + "; go on with the options that training began with");
    }
  }

  private static String listed(Set<OptimizerSlot> slots) {
    return slots.isEmpty()
        ? "nothing"
        : slots.stream().map(OptimizerSlot::key).sorted().collect(Collectors.joining(", "));
  }
}

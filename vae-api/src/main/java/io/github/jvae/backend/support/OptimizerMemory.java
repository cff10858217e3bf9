package io.github.jvae.backend.support;

import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * What an optimizer remembers in an engine: how many steps it took, and its slots beside each
 * variable, which are 0 when they are first asked for.
 *
 * @param <S> the engine's variables
 * @param <M> what the engine keeps as one slot of one variable
 */
public abstract class OptimizerMemory<S extends EngineVariable, M> {
  private final Optimizer optimizer;
  private final EngineVariables<S> variables;
  private final Map<OptimizerSlot, Map<S, M>> slots = new LinkedHashMap<>();
  private long steps;
  private List<GradientNorm> norms = List.of();

  /**
   * Prepares the memory of an optimizer that took no step yet.
   *
   * @param variables those it may move
   */
  protected OptimizerMemory(Optimizer optimizer, EngineVariables<S> variables) {
    this.optimizer = optimizer;
    this.variables = variables;
    optimizer.slots().forEach(slot -> slots.put(slot, new LinkedHashMap<>()));
  }

  /** Makes a slot of a variable, 0 throughout. */
  protected abstract M create(OptimizerSlot slot, S variable);

  /** Puts a slot into the layout that its variable is stored in, where engines have several. */
  protected void layOut(M kept, S variable) {}

  /** Returns the numbers of some slots, in the portable layout; copies. */
  protected abstract List<HostTensor> read(List<M> kept);

  /** Sets the numbers of a slot, given in the portable layout and not to be kept. */
  protected abstract void write(M kept, HostTensor value);

  /** Returns a slot of a variable, lying as the variable does. */
  public final M of(OptimizerSlot slot, S variable) {
    M kept = kept(slot, variable);
    layOut(kept, variable);
    return kept;
  }

  private M kept(OptimizerSlot slot, S variable) {
    return Objects.requireNonNull(slots.get(slot)).computeIfAbsent(variable, v -> create(slot, v));
  }

  /** Returns all slots of a variable. */
  public final Map<OptimizerSlot, M> of(S variable) {
    Map<OptimizerSlot, M> result = new LinkedHashMap<>();
    optimizer.slots().forEach(slot -> result.put(slot, of(slot, variable)));
    return result;
  }

  /** Does something with each slot and all that is kept as it. */
  protected final void forEach(BiConsumer<OptimizerSlot, Collection<M>> action) {
    slots.forEach((slot, kept) -> action.accept(slot, kept.values()));
  }

  /** Returns how many steps were taken. */
  public final long steps() {
    return steps;
  }

  /**
   * Counts a step, unless it is skipped.
   *
   * @param norm of all gradients together; any number where the optimizer has no limits
   * @return whether it is to be taken
   */
  public final boolean countStep(double norm) {
    GradientLimits limits = optimizer.limits();
    boolean skipped = limits.skips(norm);
    norms = limits.needNorm() ? List.of(new GradientNorm(norm, skipped)) : List.of();
    if (!skipped) {
      steps++;
    }
    return !skipped;
  }

  /** Returns what the last step's gradients were; nothing where there are no limits. */
  public final List<GradientNorm> norms() {
    return norms;
  }

  /** Returns all that is remembered. */
  public final OptimizerState state() {
    Map<OptimizerSlot, Map<String, HostTensor>> state = new LinkedHashMap<>();
    List<String> names = variables.names();
    for (OptimizerSlot slot : optimizer.slots()) {
      List<HostTensor> values =
          read(names.stream().map(name -> kept(slot, variables.require(name))).toList());
      Map<String, HostTensor> byName = new LinkedHashMap<>();
      names.forEach(name -> byName.put(name, values.get(byName.size())));
      state.put(slot, byName);
    }
    return new OptimizerState(optimizer.name(), steps, state);
  }

  /**
   * Goes on from what was remembered.
   *
   * @throws VaeException if it is no memory of this optimizer and these variables
   */
  public final void restore(OptimizerState state) {
    state.requireFit(optimizer, variables);
    slots
        .keySet()
        .forEach(slot -> state
            .slot(slot)
            .forEach((name, value) -> write(kept(slot, variables.require(name)), value)));
    steps = state.step();
  }

  /** Forgets all slots. */
  protected final void clear() {
    slots.values().forEach(Map::clear);
  }
}

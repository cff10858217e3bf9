package io.github.jvae.nd4j.record;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Workers;
import io.github.jvae.nd4j.memory.Memory;
import java.util.List;

/** One step of a recorded computation: makes values of values. */
public abstract class Operation {
  private final List<Value> operands;
  private final List<Value> results;

  /** Tells operations where the numbers of values are, and lends them room to compute in. */
  public interface Placement extends Workers {
    /** Returns where the numbers of a value are. */
    Memory memory(Value value);
  }

  protected Operation(List<Value> operands, List<Value> results) {
    this.operands = List.copyOf(operands);
    this.results = List.copyOf(results);
  }

  /** Returns what it is made of. */
  public final List<Value> operands() {
    return operands;
  }

  /** Returns one of these. */
  public final Value operand(int index) {
    return operands.get(index);
  }

  /** Returns what it makes, at least one. */
  public final List<Value> results() {
    return results;
  }

  /** Returns the result of an operation with one. */
  public final Value result() {
    return results.get(0);
  }

  /**
   * Returns whether the result may take the place of an operand of its size. It may where each
   * number of the result is written after the operand's numbers that it depends on were read, and
   * no later one depends on them.
   */
  public boolean canReplace(int operand) {
    return false;
  }

  /** Whether a gradient passes to some operand. */
  protected boolean passesGradient() {
    return true;
  }

  /**
   * Records how a gradient passes: for each operand of {@link Gradients#wants}, what is
   * {@link Gradients#add}ed to its gradient. It is asked only if some result has a gradient.
   */
  protected abstract void differentiate(Gradients gradients);

  /** Returns what runs, for numbers in a given place. */
  public abstract Kernel prepare(Placement placement);
}

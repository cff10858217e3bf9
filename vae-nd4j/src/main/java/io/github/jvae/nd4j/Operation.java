package io.github.jvae.nd4j;

import java.util.List;

/** One step of a recorded computation: makes values of values. */
abstract class Operation {
  private final List<Value> operands;
  private final List<Value> results;

  Operation(List<Value> operands, List<Value> results) {
    this.operands = List.copyOf(operands);
    this.results = List.copyOf(results);
  }

  final List<Value> operands() {
    return operands;
  }

  final Value operand(int index) {
    return operands.get(index);
  }

  final List<Value> results() {
    return results;
  }

  /** The result of an operation with one. */
  final Value result() {
    return results.get(0);
  }

  /**
   * Whether the result may take the place of an operand of its size. It may where each number of
   * the result is written after the operand's numbers that it depends on were read, and no later
   * one depends on them.
   */
  boolean canReplace(int operand) {
    return false;
  }

  /**
   * Records how a gradient passes: for each operand of {@link Gradients#wants}, what is
   * {@link Gradients#add}ed to its gradient. It is asked only if some result has a gradient.
   */
  abstract void differentiate(Gradients gradients);

  /** Makes what runs, for numbers in a given place. */
  abstract Kernel prepare(Placement placement);
}

package io.github.jvae.djl;

import java.util.List;

/** A value in a script: one of its arguments, or what a line of it computes. */
public final class ScriptValue {
  private final String name;
  private final String code;
  private final List<ScriptValue> operands;
  private final boolean differentiable;
  private final String component;

  /**
   * @param name unique in the script
   * @param code the expression, or empty for an argument
   * @param operands the values that the expression names
   * @param differentiable whether a gradient passes to the operands
   * @param component who recorded it
   */
  ScriptValue(
      String name,
      String code,
      List<ScriptValue> operands,
      boolean differentiable,
      String component) {
    this.name = name;
    this.code = code;
    this.operands = List.copyOf(operands);
    this.differentiable = differentiable;
    this.component = component;
  }

  /** The name that stands for the value in the script. */
  public String name() {
    return name;
  }

  boolean isArgument() {
    return code.isEmpty();
  }

  String code() {
    return code;
  }

  List<ScriptValue> operands() {
    return operands;
  }

  boolean isDifferentiable() {
    return differentiable;
  }

  String component() {
    return component;
  }

  /** The line that computes it. */
  @Override
  public String toString() {
    return isArgument() ? name : name + " = " + code;
  }
}

package io.github.jvae.backend;

/** What a backend may lack, and then says so with a reason. */
public enum Capability {
  /** Gradients of computations, see {@link Backend#compileGradients}. */
  GRADIENTS("compute gradients"),
  /** Steps of training, see {@link Backend#compileTraining}. */
  TRAINING("train"),
  /** Matrix products in bfloat16, see {@link Precision#BFLOAT16}. */
  BFLOAT16("multiply matrices in bfloat16");

  private final String verb;

  Capability(String verb) {
    this.verb = verb;
  }

  /** Returns what a backend that has it can do, in words. */
  String verb() {
    return verb;
  }
}

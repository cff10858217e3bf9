package io.github.jvae.backend;

/** The precision in which an engine computes; variables and results are always single precision. */
public enum Precision {
  /** IEEE single precision throughout. */
  FLOAT32,
  /** Matrix products and convolutions in bfloat16, the rest in single precision. */
  BFLOAT16
}

package io.github.jvae.backend;

/** What a backend may lack, and then says so with a reason. */
public enum Capability {
  /** Matrix products in bfloat16, see {@link Precision#BFLOAT16}. */
  BFLOAT16
}

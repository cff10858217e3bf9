package io.github.jvae.quantized;

/** How codes follow what is encoded as them. */
enum CodebookRule {
  /** They are its exponential moving average, set anew by each step of training. */
  EMA,
  /** Their squared distance from it is part of the loss. */
  LOSS
}

package io.github.jvae.prior;

import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;

/** What the parts of a mixture start from. */
enum Start {
  /** Random numbers. */
  RANDOM,
  /** Training examples, each another. */
  DATA;

  /** Describes the option of a prior that can start from either. */
  static OptionDescription<Start> option(String sentence) {
    return OptionDescription.of("start", OptionType.choice(Start.class), RANDOM, sentence);
  }
}

package io.github.jvae.bench.option;

import io.github.jvae.error.VaeException;
import java.util.function.Supplier;

/** Turns the API's complaints about a value into complaints about the option it was given to. */
final class Typed {
  private Typed() {}

  /**
   * Makes a value of what was typed.
   *
   * @throws picocli.CommandLine.ParameterException if the API refuses it, with the API's sentence
   */
  static <T> T value(OutputOptions output, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (VaeException e) {
      throw output.usage(String.valueOf(e.getMessage()));
    }
  }
}

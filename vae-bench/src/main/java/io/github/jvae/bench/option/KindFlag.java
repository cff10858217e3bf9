package io.github.jvae.bench.option;

import io.github.jvae.plugin.Kind;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A flag that names the component of a kind, or gives it options by name and value.
 *
 * @param kind the kind
 * @param isOption whether it gives options
 */
record KindFlag(Kind<?> kind, boolean isOption) {

  /** Returns the flag that names the component, such as {@code --prior}. */
  static String name(Kind<?> kind) {
    return "--" + (kind == Kind.ARCHITECTURE ? "arch" : kind.name());
  }

  /** Returns the flag that names the component, for picocli. */
  static OptionSpec naming(Kind<?> kind, String byDefault) {
    return OptionSpec.builder(name(kind))
        .type(String.class)
        .paramLabel("NAME")
        .description("The " + kind + ", see 'vae components'. Default: " + byDefault
            + ", or the one that has the options given.")
        .userObject(new KindFlag(kind, false))
        .build();
  }

  /** Returns the flag that gives options, for picocli. */
  static OptionSpec options(Kind<?> kind) {
    return OptionSpec.builder(name(kind) + "-option")
        .type(Map.class)
        .auxiliaryTypes(String.class, String.class)
        .paramLabel("KEY=VALUE")
        .description("An option of the " + kind
            + " by its name in configurations; may be given several times.")
        .userObject(new KindFlag(kind, true))
        .build();
  }
}

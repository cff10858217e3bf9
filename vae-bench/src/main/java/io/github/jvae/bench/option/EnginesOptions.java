package io.github.jvae.bench.option;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.error.VaeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engines are put side by side. */
public final class EnginesOptions {
  private static final String NONE =
      "no backend on the classpath; add one such as io.github.jvae:vae-tensorflow";

  @Option(
      names = "--backends",
      paramLabel = "NAME,...",
      split = ",",
      hideParamSyntax = true,
      description = "The engines, in this order. Default: all on the classpath that can run here.")
  private @Nullable List<String> backends;

  /** Whether engines were named. */
  public boolean areGiven() {
    return backends != null;
  }

  /**
   * The names of the engines; each is there and says that it can run.
   *
   * @throws picocli.CommandLine.ParameterException if one is not, or there is none
   */
  public List<String> names(OutputOptions output) {
    return Typed.value(output, () -> backends == null ? runnable() : named(backends));
  }

  /**
   * The engines, whether or not they can run here.
   *
   * @throws picocli.CommandLine.ParameterException if there is no such engine, or none at all
   */
  public List<BackendModule> modules(OutputOptions output) {
    return Typed.value(output, () -> {
      List<BackendModule> available = training();
      if (backends == null) {
        return requireSome(available);
      }
      return backends.stream()
          .map(name -> Backends.choose(name.strip(), available))
          .distinct()
          .toList();
    });
  }

  private static List<BackendModule> requireSome(List<BackendModule> available) {
    if (available.isEmpty()) {
      throw new VaeException(NONE);
    }
    return available;
  }

  private static List<String> named(List<String> names) {
    return names.stream()
        .map(name -> Backends.choose(name.strip()).name())
        .distinct()
        .toList();
  }

  /** Returns the engines that train, which are those that can be compared. */
  public static List<BackendModule> training() {
    return Backends.available().stream().filter(BackendModule::canTrain).toList();
  }

  private static List<String> runnable() {
    List<BackendModule> available = training();
    List<String> runnable = available.stream()
        .filter(module -> module.unavailable().isEmpty())
        .map(BackendModule::name)
        .toList();
    if (runnable.isEmpty()) {
      throw new VaeException(
          available.isEmpty()
              ? NONE
              : "no backend on the classpath can run here; 'vae backends' says why");
    }
    return runnable;
  }
}

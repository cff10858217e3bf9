package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Backends;
import io.github.jvae.backend.Precision;
import io.github.jvae.bench.training.RunSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine computes, with how many threads, and in what precision. */
public final class EngineOptions {
  private static final String PREFERRED = "tensorflow";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "The engine that computes, see 'vae backends'. Default: the only one, or tensorflow where"
              + " there are several.")
  private @Nullable String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = ThreadCount.class,
      description =
          "Processor threads for one operation, at most 1024. Default: the engine's choice, which is"
              + " usually all.")
  private @Nullable Integer threads;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where the engine computes: cpu, or gpu, gpu:1 and such where it has one."
          + " Default: the engine's choice, or as before with --resume.")
  private @Nullable String device;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      converter = PrecisionName.class,
      description =
          "The precision of matrix products, float32 or bf16. Default: float32, or the one"
              + " a saved model was trained in.")
  private @Nullable Precision precision;

  /** Returns the same with another engine. */
  public EngineOptions on(String name) {
    EngineOptions other = new EngineOptions();
    other.backend = name;
    other.threads = threads;
    other.device = device;
    other.precision = precision;
    return other;
  }

  /**
   * A builder that knows the engine.
   *
   * @throws picocli.CommandLine.ParameterException if there is no such engine, or it cannot run
   */
  public Vae.Builder builder(OutputOptions output) {
    BackendModule chosen = Typed.value(output, () -> Backends.choose(name()));
    Typed.value(output, () -> BackendOptions.builder().device(device).build());
    return Vae.builder()
        .backend(chosen)
        .device(device)
        .threads(threads == null ? 0 : threads)
        .precision(precision(Precision.FLOAT32));
  }

  /**
   * A builder for a training that goes on: with the engine, the threads and the device it began
   * with, unless others are asked for or that engine is not here.
   *
   * @throws picocli.CommandLine.ParameterException if there is no such engine, or it cannot run
   */
  public Vae.Builder resumed(RunSettings before, OutputOptions output) {
    Vae.Builder builder = builder(output);
    Integer repeated = threads(before);
    builder.threads(repeated == null ? 0 : repeated);
    String saved = before.backend();
    return saved == null || backend != null || System.getProperty(Backends.PROPERTY) != null
        ? builder
        : Backends.available().stream()
            .filter(
                module -> module.name().equals(saved) && module.unavailable().isEmpty())
            .findFirst()
            .map(
                module -> builder.backend(module).device(device == null ? before.device() : device))
            .orElse(builder);
  }

  /**
   * The threads that were asked for, now or when a training began; null for the engine's choice.
   */
  public @Nullable Integer threads(RunSettings before) {
    return threads == null ? before.threadsAsked() : threads;
  }

  /** The precision that was asked for, or another if none was. */
  public Precision precision(Precision otherwise) {
    return precision == null ? otherwise : precision;
  }

  /**
   * The engine's name; it is there and says that it can run.
   *
   * @throws picocli.CommandLine.ParameterException if it is not, or does not
   */
  public String backend(OutputOptions output) {
    return Typed.value(output, () -> Backends.choose(name()).name());
  }

  /** Returns the device that was asked for, or null to leave it to the engine. */
  public @Nullable String device() {
    return device;
  }

  /** The threads that were asked for, or null to leave it to the engine. */
  public @Nullable Integer threads() {
    return threads;
  }

  /** A library must not choose between engines; a program that comes with several may. */
  private @Nullable String name() {
    boolean open = backend == null && System.getProperty(Backends.PROPERTY) == null;
    return open && Backends.available().size() > 1 ? PREFERRED : backend;
  }
}

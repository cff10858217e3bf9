package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.backend.Backends;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine computes, and with how many threads. */
public final class EngineOptions {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "The engine that computes, see 'vae backends'. Needed only where there are" + " several.")
  private @Nullable String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Processor threads for one operation. Default: the engine's choice, which is"
          + " usually all.")
  private @Nullable Integer threads;

  /**
   * A builder that knows the engine.
   *
   * @throws picocli.CommandLine.ParameterException if there is no such engine, or it cannot run
   */
  public Vae.Builder builder(OutputOptions output) {
    Typed.value(output, () -> Backends.choose(backend));
    return Vae.builder().backend(backend).threads(threads == null ? 0 : threads);
  }
}

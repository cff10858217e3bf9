package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.sampler.LatentSampler;
import io.github.jvae.sampler.SamplerFolder;
import io.github.jvae.tensor.HostTensor;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What latent vectors are drawn from. */
public final class SamplerOption {
  @Option(
      names = "--sampler",
      paramLabel = "TYPE",
      description = "Draw latent vectors with a sampler that 'vae fit' has fitted to the model:"
          + " mixture, real-nvp, maf or two-stage. Default: from the model's prior.")
  private @Nullable String type;

  /** Returns the sampler's type; null for the prior. */
  public @Nullable String type() {
    return type;
  }

  /**
   * Draws latent vectors.
   *
   * @param model the model's folder
   * @param draws how, where they are drawn from the prior
   * @return [count, L]
   * @throws io.github.jvae.error.VaeException if no such sampler was fitted
   */
  public HostTensor draw(
      Vae vae, Path model, PriorDraws draws, EngineOptions engine, OutputOptions output) {
    if (type == null) {
      return vae.inference().sampleLatents(draws);
    }
    try (LatentSampler fitted =
        new SamplerFolder(model).open(type, vae, () -> engine.builder(output))) {
      return fitted.draw(draws.count(), draws.seed(), draws.conditions());
    }
  }
}

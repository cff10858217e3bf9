package io.github.jvae.evaluate;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;

/** What a model does with images besides the bound: its latent dimensions and reconstructions. */
public final class Inspector {
  private static final int BATCHES_AHEAD = 2;

  private final ModelRuntime runtime;
  private final Inference inference;

  /** @param inference of the same model; stays the caller's to close */
  public Inspector(ModelRuntime runtime, Inference inference) {
    this.runtime = runtime;
    this.inference = inference;
  }

  /** What was found. */
  public record Findings(LatentActivity latents, ReconstructionQuality reconstructions) {}

  /**
   * Goes through a data set once.
   *
   * @param data images of the model's shape
   * @param batchSize images at a time; the result does not depend on it
   * @throws VaeException if the images are not of the model's shape
   */
  public Findings inspect(Dataset data, int batchSize, Binarization binarization, long seed) {
    int latent = runtime.architecture().latent();
    RunningMean[] means = means(latent);
    RunningMean[] divergences = means(latent);
    RunningMean errors = new RunningMean();
    RunningMean similarities = new RunningMean();
    StructuralSimilarity similarity = new StructuralSimilarity(data.imageShape());
    int size = data.imageShape().size();
    Batches batches = Batches.of(data, Math.min(batchSize, data.size()));
    try (Prefetcher<Batch> source =
        batches.binarizedForTest(binarization, seed).prefetched(BATCHES_AHEAD)) {
      while (source.hasNext()) {
        HostTensor images = source.next().images();
        Encoding encoding = inference.encode(images);
        addLatents(encoding, means, divergences);
        float[] made = inference.decode(encoding.mean()).data();
        float[] given = images.data();
        for (int offset = 0; offset < given.length; offset += size) {
          errors.add(ReconstructionQuality.meanSquaredError(given, made, offset, size));
          similarities.add(similarity.of(given, made, offset));
        }
      }
    }
    return new Findings(
        new LatentActivity(
            Arrays.stream(means).map(RunningMean::variance).toList(),
            Arrays.stream(divergences).map(RunningMean::value).toList()),
        new ReconstructionQuality(
            errors.value(), -10 * Math.log10(errors.value()), similarities.value()));
  }

  private static RunningMean[] means(int count) {
    RunningMean[] means = new RunningMean[count];
    Arrays.setAll(means, i -> new RunningMean());
    return means;
  }

  private static void addLatents(
      Encoding encoding, RunningMean[] means, RunningMean[] divergences) {
    float[] mean = encoding.mean().data();
    float[] logVariance = encoding.logVariance().data();
    for (int i = 0; i < mean.length; i++) {
      means[i % means.length].add(mean[i]);
      // Kingma and Welling, 2014, appendix B, for one dimension.
      double excess = Math.expm1(logVariance[i]) - logVariance[i];
      divergences[i % means.length].add(0.5 * ((double) mean[i] * mean[i] + excess));
    }
  }
}

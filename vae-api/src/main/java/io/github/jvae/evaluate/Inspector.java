package io.github.jvae.evaluate;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Encoded;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a model does with examples besides the bound: its latent dimensions and reconstructions. */
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
   * @throws VaeException if the examples are not of the model's shape, or no images
   */
  public Findings inspect(Examples data, int batchSize, Transforms transforms, long seed) {
    RunningMean errors = new RunningMean();
    RunningMean similarities = new RunningMean();
    StructuralSimilarity similarity = new StructuralSimilarity(data.shape());
    int size = data.shape().size();
    LatentActivity activity = encode(data, batchSize, transforms, seed, (batch, mean) -> {
      float[] made = inference.decode(mean, batch.conditions()).data();
      float[] given = batch.x().data();
      for (int offset = 0; offset < given.length; offset += size) {
        errors.add(ReconstructionQuality.meanSquaredError(given, made, offset, size));
        similarities.add(similarity.of(given, made, offset));
      }
    });
    return new Findings(
        activity,
        new ReconstructionQuality(
            errors.value(), -10 * Math.log10(errors.value()), similarities.value()));
  }

  /**
   * Goes through a data set once and looks at the latent dimensions only.
   *
   * @param data examples of the model's shape
   * @param batchSize examples at a time; the result does not depend on it
   * @throws VaeException if the examples are not of the model's shape
   */
  public LatentActivity activity(Examples data, int batchSize, Transforms transforms, long seed) {
    return encode(data, batchSize, transforms, seed, (batch, mean) -> {});
  }

  private LatentActivity encode(
      Examples data,
      int batchSize,
      Transforms transforms,
      long seed,
      BiConsumer<Batch, HostTensor> encoded) {
    RunningMean[] means = means();
    RunningMean[] divergences = means();
    Batches batches = Batches.of(data, Math.min(batchSize, data.size()))
        .withConditions(runtime.conditions().keySet());
    OptionalOutputs latents = new OptionalOutputs(this::latents);
    try (Executable executable = runtime.backend().compile(latents);
        Prefetcher<Batch> source =
            batches.transformed(transforms, Pass.test(seed)).prefetched(BATCHES_AHEAD)) {
      while (source.hasNext()) {
        Batch batch = source.next();
        List<Optional<HostTensor>> found =
            latents.inPlace(executable.run(runtime.withConditions(batch.conditions(), batch.x())));
        HostTensor mean = found.get(0).orElseThrow();
        addAll(means, mean);
        found.get(1).ifPresent(divergence -> addAll(divergences, divergence));
        encoded.accept(batch, mean);
      }
    }
    return new LatentActivity(
        Arrays.stream(means).map(RunningMean::variance).toList(), values(divergences));
  }

  /** The means, and what each dimension adds to the divergence where that is known. */
  private List<Optional<Tensor>> latents(List<Tensor> inputs) {
    Encoded encoded =
        runtime.model().encode(runtime.inputs(inputs.get(0), inputs.subList(1, inputs.size())));
    return List.of(Optional.of(encoded.mean()), encoded.divergence());
  }

  private RunningMean[] means() {
    RunningMean[] means = new RunningMean[runtime.model().latent()];
    Arrays.setAll(means, i -> new RunningMean());
    return means;
  }

  private static void addAll(RunningMean[] means, HostTensor rows) {
    float[] data = rows.data();
    for (int i = 0; i < data.length; i++) {
      means[i % means.length].add(data[i]);
    }
  }

  private static List<Double> values(RunningMean[] means) {
    return means[0].count() == 0
        ? List.of()
        : Arrays.stream(means).map(RunningMean::value).toList();
  }
}

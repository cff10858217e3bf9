package io.github.jvae.bench.compare.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was run, the same for every engine.
 *
 * @param startedAt when, ISO 8601 with its offset
 * @param command what repeats it, as it is typed
 * @param version of this program
 * @param data the data set's name
 * @param dataOrigin where it came from
 * @param trainImages how many
 * @param testImages how many
 * @param imageShape channels, height, width
 * @param model the networks in words
 * @param likelihood p(x|z) in words, such as {@code Gaussian, σ = 0.1}
 * @param prior p(z) in words
 * @param latentSize the extent of the latent vector
 * @param parameters numbers trained
 * @param klWeight the weight of the divergence in the loss
 * @param learningRate of the optimizer
 * @param optimizer its name; null in results that are older than the choice, which are Adam's
 * @param batchSize images per step
 * @param steps training steps of each repetition
 * @param repetitions how often each engine trained
 * @param seed of weights, batches and noise
 * @param precision of matrix products
 * @param threads processor threads for one operation
 * @param heapMib the most that each Java may use for itself, MiB; null where not set
 * @param targetElbo the test ELBO whose reaching was timed, nats per example; null where none was
 */
public record Setup(
    String startedAt,
    String command,
    String version,
    String data,
    String dataOrigin,
    @AtLeast(1) int trainImages,
    @AtLeast(0) int testImages,
    @Size(min = 3, max = 3) List<@AtLeast(1) Integer> imageShape,
    String model,
    String likelihood,
    String prior,
    @AtLeast(1) int latentSize,
    @AtLeast(0) long parameters,
    @AtLeast(0) double klWeight,
    @AtLeast(0) double learningRate,
    @Nullable String optimizer,
    @AtLeast(1) int batchSize,
    @AtLeast(1) int steps,
    @AtLeast(1) int repetitions,
    long seed,
    String precision,
    @AtLeast(1) int threads,
    @AtLeast(1) @Nullable Integer heapMib,
    @Nullable Double targetElbo) {
  /** Keeps a copy of the list. */
  public Setup {
    imageShape = Lists.copy(imageShape);
  }

  /** Returns the same with what is known only after training. */
  public Setup with(long count, @Nullable Double elbo) {
    return new Setup(
        startedAt,
        command,
        version,
        data,
        dataOrigin,
        trainImages,
        testImages,
        imageShape,
        model,
        likelihood,
        prior,
        latentSize,
        count,
        klWeight,
        learningRate,
        optimizer,
        batchSize,
        steps,
        repetitions,
        seed,
        precision,
        threads,
        heapMib,
        elbo);
  }
}

package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Likelihood;
import io.github.jvae.objective.Elbo;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the evidence lower bound on a data set, whatever objective the model was trained with.
 *
 * <p>One draw from the posterior per image, with noise that follows from the seed and the image's
 * place in the data set: the result does not depend on the batch size.
 */
public final class Evaluator implements AutoCloseable {
  private static final int BATCHES_AHEAD = 2;
  private static final float LEVELS = 255;
  private static final double BITS_OF_LEVELS = 8;

  private final ModelRuntime runtime;
  private final Executable terms;

  /** The bound in its usual form: the divergence in closed form where there is one. */
  public Evaluator(ModelRuntime runtime) {
    this(runtime, Elbo.Form.CLOSED_FORM);
  }

  /** Prepares the computation; nothing is recorded yet. */
  public Evaluator(ModelRuntime runtime, Elbo.Form form) {
    this.runtime = runtime;
    this.terms = compile(runtime, form);
  }

  /**
   * The bound of images [B, C, H, W] with noise [B, L]: three times [B], bound, log-likelihood and
   * divergence; to be closed.
   */
  static Executable compile(ModelRuntime runtime, Elbo.Form form) {
    Elbo elbo = new Elbo(form);
    return runtime.backend().compile(Computation.of(Examples.APART, (trace, inputs) -> {
      Map<String, Tensor> result = elbo.evaluate(
              runtime.model(), inputs.get(0), inputs.get(1), trace.scalar(1))
          .terms();
      return elbo.terms().stream().map(result::get).toList();
    }));
  }

  /**
   * Computes the bound.
   *
   * @param data images of the model's shape
   * @param batchSize images at a time
   * @param binarization how grey values become binary, if at all
   * @param seed of the noise and of a stochastic binarization
   * @throws VaeException if the images are not of the model's shape
   */
  public Metrics evaluate(Dataset data, int batchSize, Binarization binarization, long seed) {
    data.requireImageShape(runtime.architecture().input());
    return evaluate(
        data.size(),
        batches(data, batchSize).binarizedForTest(binarization, seed).iterator(),
        seed,
        binarization);
  }

  /**
   * The bound of a density as bits per pixel value: of images to whose levels uniform noise was
   * added, {@code (255 x + u) / 256}, so that the density's mean over a level's width bounds the
   * probability of that level (Theis, van den Oord and Bethge, "A note on the evaluation of
   * generative models", 2016). A level is 1/256 wide, which adds 8 bits.
   *
   * @param data images of the model's shape, of 256 levels
   * @return bits/dim; lower is better
   * @throws VaeException if the images are not of the model's shape
   */
  public double dequantizedBitsPerDim(Dataset data, int batchSize, long seed) {
    data.requireImageShape(runtime.architecture().input());
    Iterator<Batch> levels = batches(data, batchSize).iterator();
    RandomStream stream = RandomStream.of(seed).child("dequantization");
    Iterator<Batch> spread = new Iterator<>() {
      @Override
      public boolean hasNext() {
        return levels.hasNext();
      }

      @Override
      public Batch next() {
        Batch batch = levels.next();
        float[] pixels = batch.images().data();
        int size = pixels.length / batch.size();
        for (int i = 0; i < batch.size(); i++) {
          RandomStream image = stream.child(batch.indices()[i]);
          for (int j = i * size; j < (i + 1) * size; j++) {
            pixels[j] = (pixels[j] * LEVELS + image.nextFloat()) / (LEVELS + 1);
          }
        }
        return batch;
      }
    };
    double elbo = evaluate(data.size(), spread, seed, Binarization.NONE).elbo();
    return -elbo / (data.imageShape().size() * Math.log(2)) + BITS_OF_LEVELS;
  }

  private static Batches batches(Dataset data, int batchSize) {
    return Batches.of(data, Math.min(batchSize, data.size()));
  }

  private Metrics evaluate(
      int images, Iterator<Batch> batches, long seed, Binarization binarization) {
    RunningMean elbo = new RunningMean();
    RunningMean logLikelihood = new RunningMean();
    RunningMean kl = new RunningMean();
    try (Prefetcher<Batch> source = new Prefetcher<>(batches, BATCHES_AHEAD)) {
      while (source.hasNext()) {
        Batch batch = source.next();
        List<HostTensor> result = terms.run(batch.images(), noise(batch, seed));
        elbo.addAll(result.get(0).data());
        logLikelihood.addAll(result.get(1).data());
        kl.addAll(result.get(2).data());
      }
    }
    return new Metrics(
        images,
        elbo.value(),
        elbo.standardError(),
        logLikelihood.value(),
        kl.value(),
        bitsPerDim(elbo.value(), binarization));
  }

  private HostTensor noise(Batch batch, long seed) {
    int latent = runtime.architecture().latent();
    HostTensor noise = HostTensor.zeros(Shape.of(batch.size(), latent));
    RandomStream stream = RandomStream.of(seed).child("evaluation");
    int[] indices = batch.indices();
    for (int i = 0; i < indices.length; i++) {
      stream.child(indices[i]).fillGaussian(noise.data(), i * latent, (i + 1) * latent);
    }
    return noise;
  }

  private @Nullable Double bitsPerDim(double elbo, Binarization binarization) {
    Likelihood.Support support = runtime.model().likelihood().support();
    boolean probability = support == Likelihood.Support.LEVELS_256
        ? binarization == Binarization.NONE
        : support == Likelihood.Support.BINARY && binarization != Binarization.NONE;
    return probability ? -elbo / (runtime.architecture().input().size() * Math.log(2)) : null;
  }

  @Override
  public void close() {
    terms.close();
  }
}

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
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Likelihood;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

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

  /** Prepares the bound in its usual form: the divergence in closed form where there is one. */
  public Evaluator(ModelRuntime runtime) {
    this(runtime, DivergenceForm.CLOSED_FORM);
  }

  /** Prepares the computation; nothing is recorded yet. */
  public Evaluator(ModelRuntime runtime, DivergenceForm form) {
    this.runtime = runtime;
    this.terms = compile(runtime, form);
  }

  /**
   * Returns the bound of examples [B, ...] with noise [B, N] and the model's conditions: three
   * times [B], bound, log-likelihood and divergence; to be closed.
   */
  static Executable compile(ModelRuntime runtime, DivergenceForm form) {
    return runtime.backend().compile(Computation.of(Examples.APART, (trace, inputs) -> {
      BoundTerms bound = runtime
          .model()
          .bound(
              runtime.inputs(inputs.get(0), inputs.subList(2, inputs.size())), inputs.get(1), form);
      Tensor kl = bound.kl();
      return List.of(bound.logLikelihood().subtract(kl), bound.logLikelihood(), kl);
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
    data.requireImageShape(runtime.example());
    return evaluate(
        data.size(),
        batches(data, batchSize).binarizedForTest(binarization, seed).iterator(),
        seed);
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
    data.requireImageShape(runtime.example());
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
    double elbo = evaluate(data.size(), spread, seed).elbo();
    return -elbo / (data.imageShape().size() * Math.log(2)) + BITS_OF_LEVELS;
  }

  private static Batches batches(Dataset data, int batchSize) {
    return Batches.of(data, Math.min(batchSize, data.size()));
  }

  private Metrics evaluate(int images, Iterator<Batch> batches, long seed) {
    Likelihood likelihood = runtime.model().likelihood();
    boolean isProbability = true;
    RunningMean elbo = new RunningMean();
    RunningMean logLikelihood = new RunningMean();
    RunningMean kl = new RunningMean();
    try (Prefetcher<Batch> source = new Prefetcher<>(batches, BATCHES_AHEAD)) {
      while (source.hasNext()) {
        Batch batch = source.next();
        isProbability = isProbability && likelihood.isProbability(batch.images());
        List<HostTensor> result = terms.run(inputs(batch, seed));
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
        isProbability ? bitsPerDim(elbo.value()) : null);
  }

  private HostTensor[] inputs(Batch batch, long seed) {
    List<HostTensor> inputs = new ArrayList<>(List.of(batch.images(), noise(batch, seed)));
    inputs.addAll(runtime.conditionsOf(batch.size(), batch.conditions()));
    return inputs.toArray(HostTensor[]::new);
  }

  private HostTensor noise(Batch batch, long seed) {
    int size = runtime.model().noiseSize();
    HostTensor noise = HostTensor.zeros(Shape.of(batch.size(), size));
    RandomStream stream = RandomStream.of(seed).child("evaluation");
    int[] indices = batch.indices();
    for (int i = 0; i < indices.length; i++) {
      stream.child(indices[i]).fillGaussian(noise.data(), i * size, (i + 1) * size);
    }
    return noise;
  }

  private double bitsPerDim(double elbo) {
    return -elbo / (runtime.example().size() * Math.log(2));
  }

  @Override
  public void close() {
    terms.close();
  }
}

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes the evidence lower bound on a data set, whatever objective the model was trained with.
 *
 * <p>One draw from the posterior per image, with noise that follows from the seed and the image's
 * place in the data set: the result does not depend on the batch size. For one thread.
 */
public final class Evaluator implements AutoCloseable {
  private static final int BATCHES_AHEAD = 2;

  private final ModelRuntime runtime;
  private final Executable terms;

  /** Prepares the computation; nothing is recorded yet. */
  public Evaluator(ModelRuntime runtime) {
    this.runtime = runtime;
    Elbo elbo = new Elbo(Elbo.Form.CLOSED_FORM);
    this.terms = runtime.backend().compile(Computation.of(Examples.APART, (trace, inputs) -> {
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
    if (!data.imageShape().equals(runtime.architecture().input())) {
      throw new VaeException("data set " + data.name() + " has images of " + data.imageShape()
          + ", but the model takes " + runtime.architecture().input());
    }
    Sum elbo = new Sum();
    Sum logLikelihood = new Sum();
    Sum kl = new Sum();
    Batches batches = Batches.of(data, Math.min(batchSize, data.size()));
    try (Prefetcher<Batch> source =
        batches.binarizedForTest(binarization, seed).prefetched(BATCHES_AHEAD)) {
      while (source.hasNext()) {
        Batch batch = source.next();
        List<HostTensor> result = terms.run(batch.images(), noise(batch, seed));
        elbo.add(result.get(0));
        logLikelihood.add(result.get(1));
        kl.add(result.get(2));
      }
    }
    return new Metrics(
        data.size(),
        elbo.mean(),
        elbo.standardError(),
        logLikelihood.mean(),
        kl.mean(),
        bitsPerDim(elbo.mean(), binarization));
  }

  private HostTensor noise(Batch batch, long seed) {
    int latent = runtime.architecture().latent();
    HostTensor noise = HostTensor.zeros(Shape.of(batch.size(), latent));
    RandomStream stream = RandomStream.of(seed).child("evaluation");
    int[] indices = batch.indices();
    for (int i = 0; i < indices.length; i++) {
      RandomStream image = stream.child(indices[i]);
      for (int j = 0; j < latent; j++) {
        noise.data()[i * latent + j] = (float) image.nextGaussian();
      }
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

  /** Mean and spread, by Welford's method. */
  private static final class Sum {
    private long count;
    private double mean;
    private double squares;

    void add(HostTensor values) {
      for (float value : values.data()) {
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
      }
    }

    double mean() {
      return mean;
    }

    double standardError() {
      return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }
  }
}

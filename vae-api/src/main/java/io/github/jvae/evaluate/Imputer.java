package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Model;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills the gaps of examples: draws latent vectors from the posterior of what was observed, weighs
 * each by {@code p(x_observed|z) p(z) / q(z|x_observed)}, and what it makes of the rest with it;
 * see {@link Imputation}.
 *
 * <p>Some examples and draws at a time, so that memory grows with neither the data nor the
 * likelihood's noise; the draws of one example are held together. They follow from the seed and the
 * example's place in the data set. For one thread.
 */
public final class Imputer implements AutoCloseable {
  /** Draws computed at a time of an example. */
  private static final int MOST_DRAWS = 64;

  /** Numbers of noise at a time. */
  private static final int NUMBERS = 1 << 21;

  private final ModelRuntime runtime;
  private final Transforms transforms;
  private final Model model;
  private final Shape noise;
  private final RowBlocks draws;

  /**
   * Prepares the computation; nothing is recorded yet.
   *
   * @param transforms what was done to the examples in training
   * @throws VaeException if the model is not told which numbers were observed, or has no posterior
   *     of one latent vector
   */
  public Imputer(ModelRuntime runtime, Transforms transforms) {
    if (!runtime.conditions().containsKey(Inputs.MASK)) {
      throw new ConfigurationException("the model is not told which numbers were observed, and"
          + " cannot fill gaps; train it on data with gaps, or with --condition " + Inputs.MASK);
    }
    this.runtime = runtime;
    this.transforms = transforms;
    this.model = Model.require(runtime.model(), "imputation");
    this.noise = model.likelihood().noise(runtime.example());
    this.draws = new RowBlocks(runtime
        .backend()
        .compile(Computation.of(Computation.Examples.APART, (trace, inputs) -> draw(inputs))));
  }

  /** Of R examples: logarithms of weights [R, T], expected and drawn examples [R, T, ...]. */
  private List<Tensor> draw(List<Tensor> inputs) {
    Inputs in = runtime.inputs(inputs.get(0), inputs.subList(4, inputs.size()));
    int rows = in.size();
    int each = inputs.get(1).shape().dimension(1) / model.noiseSize();
    PosteriorDraws drawn = model.draws(in, inputs.get(1).reshape(rows * each, model.noiseSize()));
    Tensor decoded = model.decode(drawn.z(), drawn.in().conditions());
    Likelihood likelihood = model.likelihood();
    Shape shape = noise.prepend(rows * each);
    return List.of(
        model.bound(drawn, DivergenceForm.SAMPLED).elbo().reshape(rows, each),
        likelihood.mean(decoded).reshape(rows, each, -1),
        likelihood
            .sample(decoded, inputs.get(2).reshape(shape), inputs.get(3).reshape(shape))
            .reshape(rows, each, -1));
  }

  /**
   * Fills the gaps of all examples, one after the other.
   *
   * @param data examples that the model can take
   * @param samples draws for each example, at least 1
   * @param seed of the draws
   * @param target given what is made of each example, in the order of the data
   * @throws VaeException if the model cannot take the examples, or there are no draws
   */
  public void impute(Examples data, int samples, long seed, Consumer<Imputation> target) {
    if (samples < 1) {
      throw new VaeException("imputation needs at least 1 draw for each example, not " + samples);
    }
    data.requireFor(runtime.example(), runtime.conditions());
    SupportCheck support = new SupportCheck(runtime);
    long each = (long) Math.max(model.noiseSize(), noise.size()) * Math.min(samples, MOST_DRAWS);
    int rows = (int) Math.max(1, Math.min(NUMBERS / each, data.size()));
    RandomStream random = RandomStream.of(seed).child("imputation");
    for (Batch batch : Batches.of(data, rows)
        .withConditions(runtime.conditions().keySet())
        .transformed(transforms, Pass.test(seed))) {
      support.require(data, batch);
      impute(data, batch, samples, random, target);
    }
  }

  private void impute(
      Examples data, Batch batch, int samples, RandomStream random, Consumer<Imputation> each) {
    List<Drawn> drawn = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      drawn.add(new Drawn(samples, runtime.example().size()));
    }
    for (int done = 0; done < samples; done += MOST_DRAWS) {
      int count = Math.min(MOST_DRAWS, samples - done);
      List<HostTensor> results = draws.run(inputs(batch, count, random, done));
      for (int row = 0; row < batch.size(); row++) {
        drawn.get(row).take(results, row, done, count, transforms);
      }
    }
    HostTensor mask = batch.mask().orElseThrow();
    int[] indices = batch.indices();
    for (int row = 0; row < batch.size(); row++) {
      each.accept(drawn
          .get(row)
          .imputation(
              indices[row],
              // As they are, and not as they come back from a transform.
              data.tensor(indices[row]).data(),
              mask.rows(row, row + 1).data()));
    }
  }

  private HostTensor[] inputs(Batch batch, int count, RandomStream random, int done) {
    int rows = batch.size();
    HostTensor latent = HostTensor.zeros(Shape.of(rows, count * model.noiseSize()));
    HostTensor uniform = HostTensor.zeros(Shape.of(rows, count * noise.size()));
    HostTensor normal = HostTensor.zeros(Shape.of(rows, count * noise.size()));
    int[] indices = batch.indices();
    for (int row = 0; row < rows; row++) {
      RandomStream own = random.child(indices[row]).child(done);
      fill(own.child("latent"), latent, row);
      fill(own.child("noise"), normal, row);
      HostTensor numbers = HostTensor.zeros(Shape.of(count * noise.size()));
      // Half a step above 0, so that a logarithm of it stays finite.
      own.child("uniform").fillUniform(numbers.data(), 0x1p-25, 1 - 0x1p-24);
      System.arraycopy(
          numbers.data(), 0, uniform.data(), row * numbers.data().length, numbers.data().length);
    }
    return runtime.withConditions(batch.conditions(), batch.x(), latent, uniform, normal);
  }

  private static void fill(RandomStream random, HostTensor rows, int row) {
    int size = rows.shape().dimension(1);
    random.fillGaussian(rows.data(), row * size, (row + 1) * size);
  }

  @Override
  public void close() {
    draws.close();
  }

  /** The draws of one example. */
  private static final class Drawn {
    private final int size;
    private final double[] logWeights;
    private final float[] means;
    private final float[] draws;

    Drawn(int samples, int size) {
      this.size = size;
      this.logWeights = new double[samples];
      this.means = new float[Math.multiplyExact(samples, size)];
      this.draws = new float[samples * size];
    }

    void take(List<HostTensor> results, int row, int done, int count, Transforms transforms) {
      for (int i = 0; i < count; i++) {
        logWeights[done + i] = results.get(0).data()[row * count + i];
      }
      take(results.get(1), row, means, done, transforms);
      take(results.get(2), row, draws, done, transforms);
    }

    private void take(HostTensor all, int row, float[] into, int done, Transforms transforms) {
      HostTensor own = all.rows(row, row + 1);
      HostTensor undone = transforms.undone(own.reshape(Shape.of(own.data().length / size, size)));
      System.arraycopy(undone.data(), 0, into, done * size, undone.data().length);
    }

    Imputation imputation(int index, float[] known, float[] mask) {
      boolean[] observed = new boolean[size];
      for (int i = 0; i < size; i++) {
        observed[i] = mask[i] != 0;
      }
      return new Imputation(index, known, observed, weights(), means, draws);
    }

    private double[] weights() {
      double greatest = Double.NEGATIVE_INFINITY;
      for (double logWeight : logWeights) {
        greatest = Math.max(greatest, logWeight);
      }
      double[] weights = new double[logWeights.length];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.exp(logWeights[i] - greatest);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      return weights;
    }
  }
}

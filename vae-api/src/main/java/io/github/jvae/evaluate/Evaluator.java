package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Dequantization;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Prefetcher;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.Likelihood;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Computes the evidence lower bound on a data set, whatever objective the model was trained with.
 *
 * <p>One draw from the posterior per image, with noise that follows from the seed and the image's
 * place in the data set: the result does not depend on the batch size.
 */
public final class Evaluator implements AutoCloseable {
  private static final int BATCHES_AHEAD = 2;
  private static final double BITS_OF_LEVELS = 8;

  private final ModelRuntime runtime;
  private final Executable terms;
  private final ObjectiveTerms further;

  /** Prepares the bound in its usual form: the divergence in closed form where there is one. */
  public Evaluator(ModelRuntime runtime) {
    this(runtime, DivergenceForm.CLOSED_FORM);
  }

  /** Prepares the computation; nothing is recorded yet. */
  public Evaluator(ModelRuntime runtime, DivergenceForm form) {
    this.runtime = runtime;
    this.terms = compile(runtime, form);
    this.further = new ObjectiveTerms(runtime);
  }

  /**
   * Returns the bound of examples [B, ...] with noise [B, N] and the model's conditions: bound,
   * log-likelihood and divergence, [B] each, and the divergence of each latent group if there are
   * several; to be closed.
   */
  static Executable compile(ModelRuntime runtime, DivergenceForm form) {
    return runtime.backend().compile(Computation.of(Computation.Examples.APART, (trace, inputs) -> {
      BoundTerms bound = runtime
          .model()
          .bound(
              runtime.inputs(inputs.get(0), inputs.subList(2, inputs.size())), inputs.get(1), form);
      Tensor kl = bound.kl();
      List<Tensor> outputs =
          new ArrayList<>(List.of(bound.logLikelihood().subtract(kl), bound.logLikelihood(), kl));
      if (bound.divergences().size() > 1) {
        runtime
            .model()
            .groups()
            .forEach(group ->
                outputs.add(Objects.requireNonNull(bound.divergences().get(group.name()))));
      }
      return outputs;
    }));
  }

  /**
   * Computes the bound.
   *
   * @param data examples that the model can take
   * @param batchSize examples at a time
   * @param transforms what is done to them
   * @param seed of the noise and of what is random in the transforms
   * @throws VaeException if the model cannot take the examples
   */
  public Metrics evaluate(Examples data, int batchSize, Transforms transforms, long seed) {
    return evaluate(data, batchSize, transforms, seed, Optional.empty());
  }

  /**
   * Computes the bound, and what the model's objective has beside it: the bound that it trains, or
   * what it adds to the loss. What compares the examples of a batch depends on the batch size.
   *
   * @param data examples that the model can take
   * @param batchSize examples at a time
   * @param transforms what is done to them
   * @param seed of the noise and of what is random in the transforms
   * @param schedules the value of each of the objective's schedules; where one is missing, as in a
   *     model that is not being trained, there is the bound only
   * @throws VaeException if the model cannot take the examples
   */
  public Metrics evaluate(
      Examples data,
      int batchSize,
      Transforms transforms,
      long seed,
      Map<String, Double> schedules) {
    return evaluate(data, batchSize, transforms, seed, Optional.of(schedules));
  }

  private Metrics evaluate(
      Examples data,
      int batchSize,
      Transforms transforms,
      long seed,
      Optional<Map<String, Double>> schedules) {
    data.requireFor(runtime.example(), runtime.conditions());
    Likelihood likelihood = runtime.model().likelihood();
    SupportCheck support = new SupportCheck(runtime);
    boolean isProbability = true;
    RunningMean elbo = new RunningMean();
    RunningMean logLikelihood = new RunningMean();
    RunningMean kl = new RunningMean();
    List<LatentGroup> groups = runtime.model().groups();
    List<RunningMean> divergences =
        groups.stream().map(group -> new RunningMean()).toList();
    Map<String, RunningMean> others = new LinkedHashMap<>();
    try (Prefetcher<Batch> source = Batches.of(data, Math.min(batchSize, data.size()))
        .withConditions(runtime.conditions().keySet())
        .transformed(transforms, Pass.test(seed))
        .prefetched(BATCHES_AHEAD)) {
      while (source.hasNext()) {
        Batch batch = source.next();
        support.require(data, batch);
        isProbability = isProbability && likelihood.isProbability(batch.x());
        List<HostTensor> result = terms.run(runtime.withConditions(
            batch.conditions(), batch.x(), noise(batch, runtime.model().noiseSize(), seed)));
        elbo.addAll(result.get(0).data());
        logLikelihood.addAll(result.get(1).data());
        kl.addAll(result.get(2).data());
        for (int i = 0; i < groups.size(); i++) {
          divergences.get(i).addAll(result.get(groups.size() == 1 ? 2 : 3 + i).data());
        }
        schedules.ifPresent(values -> further.add(batch, values, seed, others));
      }
    }
    return new Metrics(
        data.size(),
        elbo.value(),
        elbo.standardError(),
        logLikelihood.value(),
        kl.value(),
        isProbability ? bitsPerDim(elbo.value()) : null,
        IntStream.range(0, groups.size())
            .mapToObj(i -> new GroupDivergence(groups.get(i), divergences.get(i).value()))
            .toList(),
        values(others));
  }

  private static Map<String, Double> values(Map<String, RunningMean> means) {
    Map<String, Double> values = new LinkedHashMap<>();
    means.forEach((name, mean) -> values.put(name, mean.value()));
    return values;
  }

  /**
   * The bound of a density as bits per pixel value, of images that {@link Dequantization} was done
   * to: it bounds the probability of their levels. A level is 1/256 wide, which adds 8 bits.
   *
   * @param data images of the model's shape, of 256 levels
   * @return bits/dim; lower is better
   * @throws VaeException if the model cannot take the examples, or they have no levels
   */
  public double dequantizedBitsPerDim(Examples data, int batchSize, long seed) {
    Metrics metrics = evaluate(data, batchSize, Transforms.of(new Dequantization()), seed);
    return -metrics.elbo() / (data.shape().size() * Math.log(2)) + BITS_OF_LEVELS;
  }

  /** Returns as much noise for each example, from a stream of the example's own. */
  static HostTensor noise(Batch batch, int size, long seed) {
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
    further.close();
    terms.close();
  }
}

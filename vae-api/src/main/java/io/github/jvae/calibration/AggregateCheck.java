package io.github.jvae.calibration;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.calibration.PosteriorMixture.Densities;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.DataException;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.evaluate.Inference;
import io.github.jvae.generation.KernelDistance;
import io.github.jvae.model.Model;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Compares all posteriors together with the prior, see {@link AggregateFindings}. It takes the
 * density of every posterior at a draw from every other, and so posteriors whose latent dimensions
 * are independent and normal, and a time that grows with the square of the number of examples.
 */
public final class AggregateCheck {
  /** Which densities are those of a hole, if nothing else is said. */
  public static final double HOLE_QUANTILE = 0.01;

  /** What {@link #HOLE_QUANTILE} may be. */
  public static final Range HOLE_QUANTILES = Range.between(0, 1);

  private static final int BATCH = 256;

  private final ModelRuntime runtime;
  private final Inference inference;
  private final Model model;

  /**
   * @param inference of the same model; stays the caller's to close
   * @throws ConfigurationException if the model has no posterior to draw from, or no prior
   */
  public AggregateCheck(ModelRuntime runtime, Inference inference) {
    this.runtime = runtime;
    this.inference = inference;
    this.model = CalibratedModel.require(runtime);
  }

  /** What is taken of a data set: posteriors, and what the model is told of each example. */
  private record Encoded(
      HostTensor mean, HostTensor logVariance, Map<String, HostTensor> conditions) {}

  /**
   * Compares.
   *
   * @param data at least three examples
   * @param holeQuantile which densities are those of a hole, above 0 and below 1
   * @param seed of all draws
   * @throws VaeException if the model cannot take the examples, there are too few, its posterior's
   *     dimensions are not independent, or its prior depends on conditions
   */
  public AggregateFindings check(
      Examples data, Transforms transforms, double holeQuantile, long seed) {
    HOLE_QUANTILES.require("the quantile of the density in holes", holeQuantile);
    if (data.size() < 3) {
      throw new DataException("posteriors of at least 3 examples can be compared with the prior,"
          + " not of " + data.size());
    }
    data.requireFor(runtime.example(), runtime.conditions());
    Encoded encoded = encode(data, transforms, seed);
    HostTensor own = draws(encoded, RandomStream.of(seed).child("aggregate posterior"));
    PosteriorMixture mixture = new PosteriorMixture(encoded.mean(), encoded.logVariance());
    double[] prior = logPrior(own, encoded.conditions());
    HostTensor fromPrior = inference.sampleLatents(data.size(), seed, encoded.conditions());
    return findings(mixture, own, prior, fromPrior, holeQuantile);
  }

  private AggregateFindings findings(
      PosteriorMixture mixture,
      HostTensor own,
      double[] prior,
      HostTensor fromPrior,
      double holeQuantile) {
    Densities[] densities = mixture.atOwnDraws(own);
    return new AggregateFindings(
        prior.length,
        difference(densities, Densities::own, prior),
        difference(densities, Densities::own, values(densities, Densities::all)),
        difference(densities, Densities::own, values(densities, Densities::others)),
        difference(densities, Densities::others, prior),
        difference(densities, Densities::all, prior),
        KernelDistance.of(own, fromPrior, KernelDistance.Kernel.INVERSE_MULTIQUADRATIC),
        holes(values(densities, Densities::others), mixture.at(fromPrior), holeQuantile),
        holeQuantile);
  }

  private static double[] values(Densities[] densities, ToDoubleFunction<Densities> value) {
    return Arrays.stream(densities).mapToDouble(value).toArray();
  }

  /**
   * The mean of differences. That the mixtures are made of the same examples adds nothing to its
   * error to the first order, as each posterior's density adds up to 1 wherever it lies.
   */
  private static Estimate difference(
      Densities[] densities, ToDoubleFunction<Densities> minuend, double[] subtrahend) {
    double[] terms = values(densities, minuend);
    for (int i = 0; i < terms.length; i++) {
      terms[i] -= subtrahend[i];
    }
    return Estimate.mean(terms);
  }

  private static Estimate holes(double[] usual, double[] ofPrior, double quantile) {
    Arrays.sort(usual);
    double least = usual[(int) (quantile * usual.length)];
    return Estimate.mean(
        Arrays.stream(ofPrior).map(density -> density < least ? 1 : 0).toArray());
  }

  private Encoded encode(Examples data, Transforms transforms, long seed) {
    List<HostTensor> means = new ArrayList<>();
    List<HostTensor> logVariances = new ArrayList<>();
    Map<String, List<HostTensor>> told = new LinkedHashMap<>();
    Batches batches = Batches.of(data, Math.min(BATCH, data.size()))
        .withConditions(runtime.conditions().keySet())
        .transformed(transforms, Pass.test(seed));
    for (Batch batch : batches) {
      Encoding encoding = inference.encode(batch.x(), batch.conditions());
      means.add(encoding.mean());
      logVariances.add(encoding
          .logVariances()
          .orElseThrow(() -> new ConfigurationException("the latent dimensions of this model's"
              + " posteriors depend on each other, and the density of one posterior at a draw from"
              + " another is not known; posteriors can be compared with the prior where they are"
              + " diagonal-gaussian")));
      batch
          .conditions()
          .forEach(
              (name, rows) -> told.computeIfAbsent(name, n -> new ArrayList<>()).add(rows));
    }
    Map<String, HostTensor> conditions = new LinkedHashMap<>();
    told.forEach((name, rows) -> conditions.put(name, HostTensor.joined(rows)));
    return new Encoded(HostTensor.joined(means), HostTensor.joined(logVariances), conditions);
  }

  private static HostTensor draws(Encoded encoded, RandomStream random) {
    HostTensor draws = HostTensor.zeros(encoded.mean().shape());
    random.fillGaussian(draws.data());
    for (int i = 0; i < draws.data().length; i++) {
      double deviation = Math.exp(0.5 * encoded.logVariance().data()[i]);
      draws.data()[i] = (float) (encoded.mean().data()[i] + deviation * draws.data()[i]);
    }
    return draws;
  }

  /** Returns log p(z), which must be one and the same whatever the model is told. */
  private double[] logPrior(HostTensor latents, Map<String, HostTensor> conditions) {
    try (Executable executable = runtime
        .backend()
        .compile(Computation.of(
            Computation.Examples.APART,
            (trace, inputs) -> List.of(model.logPrior(
                inputs.get(0), runtime.conditions(inputs.subList(1, inputs.size()))))))) {
      double[] own = logPrior(executable, latents, conditions);
      if (!runtime.conditions().isEmpty()
          && !Arrays.equals(own, logPrior(executable, latents, moved(conditions)))) {
        throw new ConfigurationException("the prior " + model.prior().name() + " of this model is"
            + " another under each condition, and there is no one prior to compare all posteriors"
            + " with");
      }
      return own;
    }
  }

  /** Each row in the place of the one before it. */
  private static Map<String, HostTensor> moved(Map<String, HostTensor> conditions) {
    Map<String, HostTensor> moved = new LinkedHashMap<>();
    conditions.forEach((name, rows) -> {
      int count = rows.shape().dimension(0);
      moved.put(name, HostTensor.joined(List.of(rows.rows(1, count), rows.rows(0, 1))));
    });
    return moved;
  }

  private double[] logPrior(
      Executable executable, HostTensor latents, Map<String, HostTensor> conditions) {
    int count = latents.shape().dimension(0);
    double[] values = new double[count];
    for (int begin = 0; begin < count; begin += BATCH) {
      int end = Math.min(count, begin + BATCH);
      Map<String, HostTensor> some = SimulationCalibration.rows(conditions, begin, end);
      float[] found = executable
          .run(runtime.withConditions(some, latents.rows(begin, end)))
          .get(0)
          .data();
      for (int i = 0; i < found.length; i++) {
        values[begin + i] = found[i];
      }
    }
    return values;
  }
}

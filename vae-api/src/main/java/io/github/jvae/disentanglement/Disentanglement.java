package io.github.jvae.disentanglement;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * All that is measured of codes beside known factors. The numbers depend on codes, factors and seed
 * alone.
 */
public final class Disentanglement {
  private static final List<FactorMetric> METRICS = List.of(
      new MutualInformationGap(),
      new DisentanglementCompletenessInformativeness(),
      new SeparatedAttributePredictability(),
      new FactorVaeScore(),
      new Modularity(),
      new Explicitness());

  private Disentanglement() {}

  /**
   * Measures codes. The examples are put in random order first, as some measures learn from one
   * part and judge on another. The standard errors are the standard deviations of the same numbers
   * over resamples of the examples with replacement, within each part (Efron, "Bootstrap methods:
   * another look at the jackknife", 1979).
   *
   * @param codes of N examples
   * @param factors of the same examples
   * @param resamples how many; fewer than 2 give no standard errors
   * @param seed of all that is drawn
   * @param progress told how many resamples are done; by any thread, one at a time
   * @return each number but UDR, which is of several models; without a value where it has no
   *     meaning
   * @throws VaeException if there is no factor, one is of another number of examples or has one
   *     value only, or there are fewer examples than bins
   */
  public static List<DisentanglementScore> of(
      LatentCodes codes,
      List<KnownFactor> factors,
      int resamples,
      long seed,
      LongConsumer progress) {
    require(codes, factors);
    RandomStream random = RandomStream.of(seed).child("disentanglement");
    FactoredCodes all = new FactoredCodes(codes, factors).shuffled(random.child("order"));
    List<Double> values = numbers(all, random.child("whole"));
    AtomicLong done = new AtomicLong();
    List<List<Double>> others = IntStream.range(0, resamples < 2 ? 0 : resamples)
        .parallel()
        .mapToObj(i -> {
          RandomStream own = random.child("resample").child(i);
          List<Double> each = numbers(all.resampled(own.child("rows")), own.child("metrics"));
          synchronized (done) {
            progress.accept(done.incrementAndGet());
          }
          return each;
        })
        .toList();
    return scores(all, values, others);
  }

  /**
   * Checks that codes can be compared with factors, before anything is computed.
   *
   * @throws VaeException as {@link #of} does
   */
  public static void require(LatentCodes codes, List<KnownFactor> factors) {
    if (factors.isEmpty()) {
      throw new DataException("there is no factor to compare latent dimensions with");
    }
    for (KnownFactor factor : factors) {
      if (factor.count() != codes.count()) {
        throw new DataException("factor " + Quote.of(factor.name()) + " is known of "
            + factor.count() + " examples, but there are codes of " + codes.count());
      }
      if (!factor.varies()) {
        throw new DataException("factor " + Quote.of(factor.name())
            + " has the same value in all examples, so nothing can be told of it; leave it out");
      }
    }
    if (codes.count() < FactoredCodes.BINS) {
      throw new DataException("latent dimensions are compared with factors in "
          + FactoredCodes.BINS + " bins, for which " + codes.count()
          + " examples are too few; give at least " + FactoredCodes.BINS);
    }
  }

  private static List<Double> numbers(FactoredCodes codes, RandomStream random) {
    List<Double> numbers = new ArrayList<>();
    for (FactorMetric metric : METRICS) {
      numbers.addAll(metric.of(codes, random.child(metric.measures().get(0).name())));
    }
    return numbers;
  }

  private static List<DisentanglementScore> scores(
      FactoredCodes codes, List<Double> values, List<List<Double>> others) {
    List<DisentanglementScore> scores = new ArrayList<>();
    for (FactorMetric metric : METRICS) {
      for (DisentanglementMetric measure : metric.measures()) {
        int place = scores.size();
        Optional<String> obstacle = metric.obstacle(measure, codes);
        if (obstacle.isEmpty() && Double.isNaN(values.get(place))) {
          obstacle = Optional.of("needs factors that vary in each part of the examples");
        }
        double[] resampled = others.stream()
            .mapToDouble(each -> each.get(place))
            .filter(value -> !Double.isNaN(value))
            .toArray();
        scores.add(obstacle
            .map(why -> DisentanglementScore.missing(measure, why))
            .orElseGet(() -> new DisentanglementScore(
                measure, values.get(place), deviation(resampled), Optional.empty())));
      }
    }
    return scores;
  }

  /** Returns the standard deviation, with the unbiased variance; NaN of fewer than two numbers. */
  private static double deviation(double[] values) {
    return values.length < 2
        ? Double.NaN
        : Math.sqrt(
            Moments.center(values.clone(), values.length) * values.length / (values.length - 1));
  }
}

package io.github.jvae.disentanglement;

import static io.github.jvae.disentanglement.HandMadeCodes.categorical;
import static io.github.jvae.disentanglement.HandMadeCodes.codes;
import static io.github.jvae.disentanglement.HandMadeCodes.design;
import static io.github.jvae.disentanglement.HandMadeCodes.numeric;
import static io.github.jvae.disentanglement.HandMadeCodes.scores;
import static io.github.jvae.disentanglement.HandMadeCodes.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.DataException;
import io.github.jvae.evaluate.LatentActivity;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Disentanglement")
class DisentanglementTest {
  private static final double TOLERANCE = 1e-6;

  private static double[] constant(int count) {
    return new double[count];
  }

  private static double[] gaussian(int count, String name) {
    RandomStream random = RandomStream.of(3).child(name);
    return DoubleStream.generate(random::nextGaussian).limit(count).toArray();
  }

  private static DisentanglementScore named(Map<String, DisentanglementScore> scores, String name) {
    return Objects.requireNonNull(scores.get(name), name);
  }

  private static Map<String, DisentanglementScore> all(
      LatentCodes codes, List<KnownFactor> factors, int resamples, long seed) {
    Map<String, DisentanglementScore> result = new TreeMap<>();
    Disentanglement.of(codes, factors, resamples, seed, done -> {})
        .forEach(score -> result.put(score.key(), score));
    return result;
  }

  @Test
  @DisplayName("is 1 by every measure if each dimension is one factor, of any scale and sign")
  void perfect() {
    double[][] v = design(3, 4, 8);
    double[] turned = Arrays.stream(v[2]).map(value -> 5 - 0.01 * value).toArray();
    Map<String, Double> scores = scores(codes(v[1], v[0], turned), numeric(v));
    assertThat(scores).hasSize(8);
    scores.forEach((name, value) -> assertThat(value).as(name).isCloseTo(1, within(TOLERANCE)));
  }

  @Test
  @DisplayName("is as high as it can be of categories in a line, which no linear map tells apart")
  void perfectCategories() {
    double[][] v = design(2, 4, 64);
    Map<String, Double> scores = scores(codes(v), categorical(v));
    for (String name :
        List.of("mig", "dci_disentanglement", "dci_completeness", "factor_vae", "modularity")) {
      assertThat(scores.get(name)).as(name).isCloseTo(1, within(TOLERANCE));
    }
    // Where a constant dimension is right of one category in four.
    assertThat(scores.get("sap")).isCloseTo(0.75, within(TOLERANCE));
    // The covariances with the indicators are (c - 1.5) / 4: 5/20 of a variance of 3/4.
    assertThat(scores.get("dci_informativeness")).isCloseTo(1 / 3.0, within(0.04));
    // The outer two are told fully; the inner two by chance, or in the wrong direction.
    assertThat(scores.get("explicitness")).isBetween(0.7, 0.85);
  }

  @Test
  @DisplayName("is the same of two categories as of two numbers, but for what chance gives SAP")
  void twoCategories() {
    double[][] v = design(3, 2, 40);
    LatentCodes codes = codes(sum(v[0], 0.3, v[1]), sum(v[1], 0.2, gaussian(320, "a")), v[2]);
    Map<String, Double> numbers = scores(codes, numeric(v));
    Map<String, Double> categories = scores(codes, categorical(v));
    numbers.remove("sap");
    categories.remove("sap");
    // Least squares and logistic regression give other directions.
    assertThat(categories.remove("explicitness"))
        .isCloseTo(numbers.remove("explicitness"), within(0.02));
    numbers.forEach(
        (name, value) -> assertThat(categories.get(name)).as(name).isCloseTo(value, within(1e-3)));
  }

  @Test
  @DisplayName("is none of two dimensions that are two factors turned by 45 degrees")
  void rotated() {
    double[][] v = design(2, 4, 64);
    LatentCodes codes = codes(sum(v[0], 1, v[1]), sum(v[0], -1, v[1]));
    Map<String, Double> scores = scores(codes, numeric(v));
    assertThat(scores.get("mig")).isCloseTo(0, within(TOLERANCE));
    assertThat(scores.get("sap")).isCloseTo(0, within(TOLERANCE));
    assertThat(scores.get("modularity")).isCloseTo(0, within(TOLERANCE));
    assertThat(scores.get("factor_vae")).isBetween(0.45, 0.6);
    assertThat(scores.get("dci_informativeness")).isCloseTo(1, within(TOLERANCE));
    assertThat(scores.get("explicitness")).isCloseTo(1, within(TOLERANCE));
    // In order, each part has all combinations equally often.
    List<Double> exact = new DisentanglementCompletenessInformativeness()
        .of(new FactoredCodes(codes, numeric(v)), RandomStream.of(1));
    assertThat(exact.get(0)).isCloseTo(0, within(TOLERANCE));
    assertThat(exact.get(1)).isCloseTo(0, within(TOLERANCE));
    assertThat(exact.get(2)).isCloseTo(1, within(TOLERANCE));
  }

  @Test
  @DisplayName("by DCI follows the entropies of the weights of a mix")
  void mixed() {
    double[][] v = design(2, 4, 64);
    // v1 = z1 - v0/2 = z1 - z0/2, in units of deviations: of z1 sqrt(5/4), of z0 1.
    LatentCodes codes = codes(v[0], sum(v[1], 0.5, v[0]));
    List<Double> scores = new DisentanglementCompletenessInformativeness()
        .of(new FactoredCodes(codes, numeric(v)), RandomStream.of(1));
    double[][] importance = {{1, 0.5}, {0, Math.sqrt(1.25)}};
    double first = 1 - entropy(1 / 1.5) / Math.log(2);
    double total = 1.5 + importance[1][1];
    assertThat(scores.get(0)).isCloseTo((1.5 * first + importance[1][1]) / total, within(1e-3));
    double second = 1 - entropy(0.5 / (0.5 + importance[1][1])) / Math.log(2);
    assertThat(scores.get(1)).isCloseTo((1 + second) / 2, within(1e-3));
    assertThat(scores.get(2)).isCloseTo(1, within(TOLERANCE));
  }

  private static double entropy(double share) {
    return -share * Math.log(share) - (1 - share) * Math.log(1 - share);
  }

  @Test
  @DisplayName("is at the level of chance of codes that have nothing to do with the factors")
  void random() {
    double[][] v = design(4, 4, 8);
    int count = v[0].length;
    LatentCodes codes = codes(
        gaussian(count, "a"), gaussian(count, "b"), gaussian(count, "c"), gaussian(count, "d"));
    Map<String, Double> scores = scores(codes, numeric(v));
    assertThat(scores.get("mig")).isBetween(0.0, 0.02);
    assertThat(scores.get("sap")).isBetween(0.0, 0.01);
    assertThat(scores.get("dci_disentanglement")).isZero();
    assertThat(scores.get("dci_completeness")).isZero();
    assertThat(scores.get("dci_informativeness")).isZero();
    assertThat(scores.get("factor_vae")).isBetween(0.2, 0.35);
    assertThat(scores.get("explicitness")).isCloseTo(0.5, within(0.05));
  }

  @Test
  @DisplayName("has no gap where each factor is in two dimensions, though each is for one factor")
  void duplicated() {
    double[][] v = design(2, 4, 32);
    Map<String, Double> scores = scores(codes(v[0], v[1], v[0], v[1]), numeric(v));
    assertThat(scores.get("mig")).isCloseTo(0, within(TOLERANCE));
    assertThat(scores.get("sap")).isCloseTo(0, within(TOLERANCE));
    for (String name : List.of(
        "dci_disentanglement", "dci_informativeness", "factor_vae", "modularity", "explicitness")) {
      assertThat(scores.get(name)).as(name).isCloseTo(1, within(TOLERANCE));
    }
  }

  @Test
  @DisplayName(
      "is not changed by a dimension that is constant, or inactive with a trace of a factor")
  void constantDimension() {
    double[][] v = design(2, 4, 32);
    double[] trace = Arrays.stream(v[0]).map(value -> 0.001 * value).toArray();
    HostTensor rows = HostTensor.zeros(Shape.of(v[0].length, 3));
    for (int i = 0; i < v[0].length; i++) {
      rows.data()[3 * i] = (float) v[0][i];
      rows.data()[3 * i + 1] = (float) trace[i];
      rows.data()[3 * i + 2] = (float) v[1][i];
    }
    LatentCodes byKl = LatentCodes.of(
        rows, new LatentActivity(List.of(1.0, 1e-6, 1.0), List.of(2.0, 0.0099, 0.0101)));
    LatentCodes byVariance =
        LatentCodes.of(rows, new LatentActivity(List.of(1.0, 1e-6, 1.0), List.of()));
    assertThat(byKl.active()).containsExactly(true, false, true);
    assertThat(byVariance.active()).containsExactly(true, false, true);
    for (LatentCodes codes : List.of(codes(v[0], constant(v[0].length), v[1]), byKl, byVariance)) {
      assertThat(codes.activeDimensions()).isEqualTo(2);
      scores(codes, numeric(v))
          .forEach((name, value) -> assertThat(value).as(name).isCloseTo(1, within(TOLERANCE)));
    }
    // With the trace for a dimension of its own, v0 would be in two.
    assertThat(scores(LatentCodes.of(rows), numeric(v)).get("mig"))
        .isCloseTo(0.5, within(TOLERANCE));
  }

  @Test
  @DisplayName("is the lowest there is if no dimension is active")
  void collapsed() {
    double[][] v = design(2, 4, 32);
    Map<String, Double> scores =
        scores(codes(constant(v[0].length), constant(v[0].length)), numeric(v));
    assertThat(scores.remove("explicitness")).isEqualTo(0.5);
    scores.forEach((name, value) -> assertThat(value).as(name).isZero());
    assertThat(codes(constant(4)).isSameAs(codes(constant(4)))).isFalse();
    assertThat(codes(v).isSameAs(codes(v))).isTrue();
    assertThat(codes(v).isSameAs(codes(v[1], v[0]))).isFalse();
  }

  @Test
  @DisplayName("of one factor or one dimension is told only where it means something")
  void one() {
    double[][] v = design(2, 4, 32);
    Map<String, DisentanglementScore> one = all(codes(v), numeric(v[0]), 0, 1);
    for (String name : List.of("dci_disentanglement", "factor_vae", "modularity")) {
      assertThat(named(one, name).value()).as(name).isNaN();
      assertThat(named(one, name).obstacle()).as(name).contains("needs two factors");
    }
    assertThat(named(one, "mig").value()).isCloseTo(1, within(TOLERANCE));
    assertThat(named(one, "dci_completeness").value()).isCloseTo(1, within(TOLERANCE));
    Map<String, DisentanglementScore> thin = all(codes(v[0]), numeric(v), 0, 1);
    for (String name : List.of("mig", "sap", "dci_completeness")) {
      assertThat(named(thin, name).value()).as(name).isNaN();
      assertThat(named(thin, name).obstacle()).as(name).contains("needs two latent dimensions");
    }
    assertThat(named(thin, "modularity").value()).isCloseTo(1, within(TOLERANCE));
  }

  @Test
  @DisplayName("needs a factor that varies, a value for each code, and as many examples as bins")
  void refused() {
    double[][] v = design(2, 4, 4);
    assertThatThrownBy(() -> scores(codes(v), List.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no factor to compare latent dimensions with");
    assertThatThrownBy(() -> scores(codes(v), numeric(v[0], constant(v[0].length))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("factor 'v1' has the same value in all examples");
    assertThatThrownBy(() -> scores(codes(v), numeric(new double[] {1, 2})))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("factor 'v0' is known of 2 examples, but there are codes of 64");
    double[][] few = {Arrays.copyOf(v[0], 19), Arrays.copyOf(v[1], 19)};
    assertThatThrownBy(() -> scores(codes(few), numeric(few)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("in 20 bins, for which 19 examples are too few");
    assertThatThrownBy(() -> codes(new double[] {Double.NaN, 1}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> LatentCodes.of(HostTensor.zeros(Shape.of(2, 1025))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at most 1024 latent dimensions, and the model has 1025");
  }

  @Test
  @DisplayName("by votes needs ten examples that are alike in each factor")
  void fewAlike() {
    double[][] v = {gaussian(60, "a"), gaussian(60, "b")};
    DisentanglementScore score = named(all(codes(v), numeric(v), 0, 1), "factor_vae");
    assertThat(score.value()).isNaN();
    double[][] spread = {new double[60], new double[60]};
    for (int i = 0; i < 60; i++) {
      spread[0][i] = i;
      spread[1][i] = i % 7;
    }
    assertThat(named(all(codes(spread), numeric(spread), 0, 1), "factor_vae").obstacle())
        .contains("needs 10 examples that are alike in v0");
  }

  @Test
  @DisplayName("follows from the seed, with standard errors that other samples bear out")
  void standardErrors() {
    List<Map<String, DisentanglementScore>> samples = new ArrayList<>();
    for (int sample = 0; sample < 25; sample++) {
      samples.add(noisy(sample, 0));
    }
    Map<String, DisentanglementScore> resampled = noisy(1000, 40);
    assertThat(noisy(1000, 40)).isEqualTo(resampled);
    assertThat(named(noisy(1000, 0), "mig").value())
        .isEqualTo(named(resampled, "mig").value());
    assertThat(named(samples.get(0), "mig").standardError()).isNaN();
    for (String name : List.of("sap", "explicitness", "dci_informativeness")) {
      double spread =
          deviation(samples.stream().map(each -> named(each, name).value()).toList());
      assertThat(named(resampled, name).standardError())
          .as(name)
          .isBetween(spread / 1.7, spread * 1.7);
    }
  }

  /** Factors with noise in codes; both are other numbers for another sample. */
  private static Map<String, DisentanglementScore> noisy(int sample, int resamples) {
    double[][] v = {gaussian(200, "v" + sample), gaussian(200, "w" + sample)};
    LatentCodes codes = codes(
        sum(v[0], 1, gaussian(200, "a" + sample)), sum(v[1], 0.7, gaussian(200, "b" + sample)));
    return all(codes, numeric(v), resamples, 7);
  }

  private static double deviation(List<Double> values) {
    double mean = values.stream().mapToDouble(value -> value).average().orElseThrow();
    return Math.sqrt(
        values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum()
            / (values.size() - 1));
  }

  @Test
  @DisplayName("tells how many resamples are done, one at a time")
  void progress() {
    double[][] v = design(2, 4, 4);
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    Disentanglement.of(codes(v), numeric(v), 5, 1, told::add);
    assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
  }
}

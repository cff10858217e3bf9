package io.github.jvae.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The bounds of several draws against exact answers: log p(x) of {@link LinearModel}, and each
 * other where one is a case of another.
 */
abstract class ObjectiveBoundsGroup extends CompatibilityGroup {
  private static final LinearModel EXACT = LinearModel.example(LinearVae.IMAGE.size(), 0.4);
  private static final LinearModel.Code OTHER = EXACT.posterior().shifted(0.15, 1.25);
  private static final String ENCODER = "encoder.";

  ObjectiveBoundsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  /** How far a bound is from the truth, on average, and the standard error of that. */
  private record Gap(double mean, double standardError) {
    static Gap of(double[] differences) {
      double sum = 0;
      double squares = 0;
      for (double difference : differences) {
        sum += difference;
        squares += difference * difference;
      }
      int count = differences.length;
      double mean = sum / count;
      return new Gap(mean, Math.sqrt((squares / count - mean * mean) / count));
    }
  }

  /** The gap of a term of an objective at some posterior. */
  private Gap gap(LinearModel.Code q, String objective, String term) {
    int images = 40;
    int times = 25;
    HostTensor x = EXACT.draw(images * times, RandomStream.of(5));
    try (OpenBackend engine = open()) {
      ModelRuntime runtime = LinearVae.of(engine, EXACT, q, objective);
      HostTensor noise = Numbers.normal(
          "bound", Shape.of(images * times, runtime.objective().noiseSize(runtime.model())));
      try (Executable bound = engine.backend().compile(runtime.exampleTerms(List.of(term)))) {
        double[] values = Closeness.doubles(bound.run(x, noise).get(0));
        for (int i = 0; i < values.length; i++) {
          values[i] -= EXACT.logLikelihood(x, i);
        }
        return Gap.of(values);
      }
    }
  }

  @Test
  @DisplayName("At the exact posterior every bound is log p(x), whatever is drawn")
  void tight() {
    for (String objective : List.of(
        "{'type':'iwae','draws':3}",
        "{'type':'ciwae','draws':3}",
        "{'type':'miwae','sets':2,'draws':3}",
        "{'type':'renyi','draws':3,'alpha':0.5}",
        "{'type':'renyi','draws':3,'alpha':3}")) {
      Gap gap = gap(EXACT.posterior(), objective, ComponentSpec.of(objective).type());
      assertThat(gap.mean()).as(objective).isCloseTo(0, within(1e-4));
      assertThat(gap.standardError()).as(objective).isLessThan(1e-5);
    }
  }

  @Test
  @DisplayName("At any other posterior every bound is below log p(x), and the importance-weighted"
      + " one rises with the draws from the ELBO to it")
  void rises() {
    Gap elbo = gap(OTHER, "{'type':'iwae','draws':5}", "elbo");
    double divergence = OTHER.divergenceFrom(EXACT.posterior());
    assertThat(elbo.mean()).isCloseTo(-divergence, within(4 * elbo.standardError()));
    double last = elbo.mean();
    for (int draws : new int[] {3, 15, 75}) {
      Gap gap = gap(OTHER, "{'type':'iwae','draws':" + draws + "}", "iwae");
      assertThat(gap.mean()).as("%d draws", draws).isGreaterThan(last + gap.standardError());
      assertThat(gap.mean()).isLessThan(4 * gap.standardError());
      // The logarithm of a mean of K weights is below by half their variance over K.
      double bias = OTHER.relativeVariance(EXACT.posterior()) / (2 * draws);
      assertThat(gap.mean()).isCloseTo(-bias, within(4 * gap.standardError() + bias));
      last = gap.mean();
    }
    for (String objective : List.of(
        "{'type':'ciwae','draws':5}",
        "{'type':'miwae','sets':5,'draws':2}",
        "{'type':'renyi','draws':5,'alpha':0.5}",
        "{'type':'renyi','draws':5,'alpha':2}")) {
      Gap gap = gap(OTHER, objective, ComponentSpec.of(objective).type());
      assertThat(gap.mean()).as(objective).isBetween(-2.0, -4 * gap.standardError());
    }
  }

  /** What an objective makes of a batch: its loss and terms, and the gradients by variable. */
  private Map<String, HostTensor> evaluated(String objective) {
    ObjectiveSample sample = new ObjectiveSample(objective, ModelSpec.mlp());
    try (OpenBackend engine = open()) {
      ModelRuntime runtime = sample.start(engine);
      HostTensor[] inputs = sample.inputs(runtime, 6, 0);
      if (inputs.length > 2) {
        // The weight of the divergence with which it is a bound.
        inputs[2] = HostTensor.scalar(1);
      }
      List<HostTensor> values = engine.gradients(runtime.trainingLoss(), inputs);
      List<String> names = new ArrayList<>(List.of("loss"));
      names.addAll(runtime.objective().terms(runtime.model()));
      names.addAll(engine.backend().variables().names());
      Map<String, HostTensor> result = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        result.put(names.get(i), values.get(i));
      }
      return result;
    }
  }

  private static void check(
      String what, Map<String, HostTensor> actual, Map<String, HostTensor> expected, String part) {
    expected.forEach((name, value) -> {
      if (name.startsWith(part)) {
        Closeness.checkVector(
            what + ": " + name,
            actual.getOrDefault(name, HostTensor.scalar(0)),
            Closeness.doubles(value),
            Closeness.TRAINING,
            1e-3);
      }
    });
  }

  private void checkSame(String objective, String other) {
    Map<String, HostTensor> actual = evaluated(objective);
    Map<String, HostTensor> expected = evaluated(other);
    String what = objective + " as " + other;
    check(what, actual, expected, "loss");
    check(what, actual, expected, "elbo");
    check(what, actual, expected, "decoder.");
    check(what, actual, expected, ENCODER);
  }

  @Test
  @DisplayName("One draw is the ELBO, and at the ends of their ranges bounds are each other")
  void limits() {
    String elbo = "{'type':'ciwae','draws':6,'beta':1}";
    String iwae = "{'type':'iwae','draws':6}";
    checkSame("{'type':'iwae','draws':1}", "{'type':'elbo','form':'sampled'}");
    checkSame("{'type':'renyi','draws':6,'alpha':1}", elbo);
    checkSame("{'type':'miwae','sets':6,'draws':1}", elbo);
    checkSame("{'type':'renyi','draws':6,'alpha':0}", iwae);
    checkSame("{'type':'ciwae','draws':6,'beta':0}", iwae);
    checkSame("{'type':'miwae','sets':1,'draws':6}", iwae);
    checkSame("{'type':'piwae','sets':1,'draws':6}", iwae);
  }

  @Test
  @DisplayName("The order of a Rényi bound goes to 1 without a jump")
  void renyiNearOne() {
    Map<String, HostTensor> elbo = evaluated("{'type':'renyi','draws':6,'alpha':1}");
    for (String alpha : List.of("0.9999", "1.0001", "0.9999999", "1.0000001")) {
      Map<String, HostTensor> near = evaluated("{'type':'renyi','draws':6,'alpha':" + alpha + "}");
      Closeness.relative(1e-4)
          .check(
              "loss at " + alpha,
              requireNonNull(near.get("loss")).item(),
              requireNonNull(elbo.get("loss")).item());
    }
  }

  @Test
  @DisplayName("PIWAE's encoder follows MIWAE's bound, and its decoder IWAE's of all draws")
  void partial() {
    Map<String, HostTensor> actual = evaluated("{'type':'piwae','sets':2,'draws':3}");
    Map<String, HostTensor> miwae = evaluated("{'type':'miwae','sets':2,'draws':3}");
    Map<String, HostTensor> iwae = evaluated("{'type':'iwae','draws':6}");
    check("as miwae", actual, miwae, ENCODER);
    check("as iwae", actual, iwae, "decoder.");
    check("bounds", actual, miwae, "miwae");
    check("bounds", actual, iwae, "iwae");
    assertThat(requireNonNull(miwae.get("encoder.mean.bias")).data())
        .isNotEqualTo(requireNonNull(iwae.get("encoder.mean.bias")).data());
  }

  @Test
  @DisplayName("DReG's decoder has IWAE's gradient, and its loss is IWAE's")
  void dregDecoder() {
    Map<String, HostTensor> actual = evaluated("{'type':'dreg','draws':4}");
    Map<String, HostTensor> expected = evaluated("{'type':'iwae','draws':4}");
    check("dreg", actual, expected, "decoder.");
    check("dreg", actual, expected, "loss");
    check("dreg", actual, expected, "iwae");
  }

  @Test
  @DisplayName("DReG's encoder has IWAE's gradient in the mean, within 4 standard errors, with far"
      + " less variance")
  void dregEncoder() {
    int runs = 300;
    double[][] iwae = encoderGradients("{'type':'iwae','draws':5}", runs);
    double[][] dreg = encoderGradients("{'type':'dreg','draws':5}", runs);
    double iwaeVariance = 0;
    double dregVariance = 0;
    for (int i = 0; i < iwae[0].length; i++) {
      double[] difference = new double[runs];
      double[] one = new double[runs];
      double[] other = new double[runs];
      for (int run = 0; run < runs; run++) {
        one[run] = iwae[run][i];
        other[run] = dreg[run][i];
        difference[run] = one[run] - other[run];
      }
      Gap gap = Gap.of(difference);
      assertThat(gap.mean()).as("component %d", i).isCloseTo(0, within(4 * gap.standardError()));
      iwaeVariance += Math.pow(Gap.of(one).standardError(), 2);
      dregVariance += Math.pow(Gap.of(other).standardError(), 2);
    }
    assertThat(dregVariance).isPositive().isLessThan(0.5 * iwaeVariance);
  }

  /** The gradients of the encoder's parameters, for one batch and ever new noise. */
  private double[][] encoderGradients(String objective, int runs) {
    int batch = 10;
    HostTensor x = EXACT.draw(batch, RandomStream.of(8));
    try (OpenBackend engine = open()) {
      ModelRuntime runtime = LinearVae.of(engine, EXACT, OTHER, objective);
      List<String> names = engine.backend().variables().names();
      int first = 1 + runtime.objective().terms(runtime.model()).size();
      Shape noise = Shape.of(batch, runtime.objective().noiseSize(runtime.model()));
      double[][] result = new double[runs][];
      try (Executable gradients = engine.backend().compileGradients(runtime.trainingLoss())) {
        for (int run = 0; run < runs; run++) {
          List<HostTensor> values = gradients.run(x, Numbers.normal("run " + run, noise));
          List<Double> encoder = new ArrayList<>();
          for (int i = 0; i < names.size(); i++) {
            if (names.get(i).startsWith(ENCODER)) {
              for (double value : Closeness.doubles(values.get(first + i))) {
                encoder.add(value);
              }
            }
          }
          result[run] = encoder.stream().mapToDouble(Double::doubleValue).toArray();
        }
      }
      return result;
    }
  }
}

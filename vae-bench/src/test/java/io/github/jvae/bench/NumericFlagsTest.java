package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Each flag that takes a number, at its bounds and beyond them. What is taken is seen by another
 * fault in the same line, which is told only once the number is through, so that nothing is run.
 */
@DisplayName("A number out of range is told with the true range:")
final class NumericFlagsTest {
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

  private static final String INT = "must be a whole number from %s to 2147483647, not '%s'";

  /**
   * A command line.
   *
   * @param words what stands before the flag, with another fault in it
   * @param other what is said of that fault
   */
  private record Line(String words, String other) {}

  private static final Line TRAIN =
      new Line("train --backend tensorflow --prior flat", "unknown prior 'flat'");
  private static final Line CONV =
      new Line("train --backend tensorflow --arch conv --prior flat", "unknown prior 'flat'");
  private static final Line SHARED = new Line(TRAIN.words() + " --sigma shared", TRAIN.other());
  private static final Line LEVELS = new Line(TRAIN.words() + " --scale shared", TRAIN.other());
  private static final Line COMPARE =
      new Line("compare --out no-such-folder --prior flat", "unknown prior 'flat'");
  private static final Line SPEED = new Line("speed --into nowhere", "--into goes with --sweep");
  private static final Line BENCH = new Line("bench --backends quantum", "unknown backend");
  private static final Line DATA = new Line("data nothing", "no data set 'nothing'");

  private static final Line CURVE =
      new Line("curve --out no-such-folder --beta 3", "--beta is not for 'vae curve'");

  private static Line model(String command) {
    return new Line(command + " no-such-model", "no-such-model");
  }

  /**
   * A flag.
   *
   * @param refused values that it does not take
   * @param told what is said of each, the value as {@code %s}
   * @param taken values that it takes
   */
  private record Flag(
      Line line, String name, List<String> refused, String told, List<String> taken) {
    @Override
    public String toString() {
      return line.words().split(" ", 2)[0] + " " + name;
    }
  }

  private static Flag whole(Line line, String name, int least) {
    List<String> refused = new ArrayList<>(
        List.of("99999999999", "2147483648", "-2147483649", "1.5", "NaN", "1e3", "", "x"));
    refused.add(Integer.toString(least - 1));
    return new Flag(line, name, refused, INT.formatted(least, "%s"), List.of("" + least));
  }

  private static Flag wholes(Line line, String name, int least) {
    Flag one = whole(line, name, least);
    String told = one.told().replace("a whole number", "a list of whole numbers");
    return new Flag(line, name, one.refused(), told, one.taken());
  }

  private static Flag bounded(Line line, String name, int least, int greatest) {
    return new Flag(
        line,
        name,
        List.of("" + (least - 1), "" + (greatest + 1L), "99999999999", "-0.5"),
        "must be a whole number from " + least + " to " + greatest + ", not '%s'",
        List.of("" + least, "" + greatest));
  }

  private static Flag real(
      Line line, String name, String range, List<String> refused, String... taken) {
    List<String> all = new ArrayList<>(refused);
    all.addAll(List.of("NaN", "Infinity", "-Infinity"));
    return new Flag(line, name, all, "must be " + range + ", not %s", List.of(taken));
  }

  private static Flag schedule(String name, String told, List<String> refused, String... taken) {
    return new Flag(TRAIN, name, refused, told, List.of(taken));
  }

  static Stream<Flag> flags() {
    return Stream.of(
        whole(TRAIN, "--epochs", 1),
        whole(TRAIN, "--batch-size", 1),
        whole(TRAIN, "--accumulate", 1),
        whole(TRAIN, "--patience", 0),
        whole(TRAIN, "--history-steps", 0),
        whole(TRAIN, "--limit", 1),
        whole(TRAIN, "--latent", 1),
        wholes(TRAIN, "--hidden", 1),
        bounded(new Line(CONV.words() + " --arch resnet", CONV.other()), "--blocks", 1, 100),
        wholes(CONV, "--channels", 1),
        whole(new Line(CONV.words() + " --padding 0", CONV.other()), "--kernel", 1),
        whole(CONV, "--stride", 1),
        whole(CONV, "--padding", 0),
        whole(CONV, "--dense", 1),
        bounded(TRAIN, "--threads", 1, 1024),
        real(
            TRAIN,
            "--adam-beta1",
            "at least 0 and below 1",
            List.of("1.0", "-1.0E-9"),
            "0",
            "-0.0",
            "0.999999"),
        real(TRAIN, "--adam-beta2", "at least 0 and below 1", List.of("1.0", "-1.0E-9"), "0"),
        real(
            TRAIN,
            "--adam-epsilon",
            "above 0 and below 1",
            List.of("0.0", "-0.0", "1.0"),
            "1e-30",
            "0.999"),
        real(
            new Line(TRAIN.words() + " --optimizer adamw", TRAIN.other()),
            "--weight-decay",
            "at least 0 and below 1",
            List.of("1.0", "-1.0E-9"),
            "0",
            "0.999"),
        real(
            new Line(TRAIN.words() + " --optimizer sgd", TRAIN.other()),
            "--momentum",
            "at least 0 and below 1",
            List.of("1.0", "-1.0E-9"),
            "0",
            "0.999"),
        real(
            TRAIN,
            "--skip-above",
            "above 0 and finite",
            List.of("0.0", "-0.0", "-1.0"),
            "1e-9",
            "1e300"),
        real(
            TRAIN,
            "--clip-norm",
            "above 0 and finite",
            List.of("0.0", "-0.0", "-1.0"),
            "1e-9",
            "1e300"),
        real(
            TRAIN,
            "--average-weights",
            "above 0 and below 1",
            List.of("0.0", "-0.0", "1.0"),
            "1e-30",
            "0.999"),
        schedule(
            "--lr",
            "the learning rate must be from 1e-30 to 1000, not %s",
            List.of("0.0", "-0.0", "-0.001", "1.0E-60", "1000.1", "1000000.0"),
            "1e-30",
            "1000"),
        schedule(
            "--beta",
            "the KL weight must be from 0 to 1e9, not %s",
            List.of("-1.0E-9", "1.000001E9"),
            "0",
            "-0",
            "1e9"),
        real(TRAIN, "--sigma", "above 0 and finite", List.of("0.0", "-1.0"), "1e-9", "1e300"),
        real(
            TRAIN,
            "--scale",
            "from 0.00045594 to 10",
            List.of("0.0", "4.559E-4", "10.1"),
            "0.00045594",
            "10"),
        real(SHARED, "--likelihood.initial-sigma", "above 0 and finite", List.of("0.0"), "1e-9"),
        real(LEVELS, "--likelihood.initial-scale", "from 0.00045594 to 10", List.of("11.0"), "10"),
        whole(COMPARE, "--steps", 1),
        whole(COMPARE, "--repeat", 1),
        bounded(COMPARE, "--threads", 1, 1024),
        real(
            COMPARE,
            "--time-limit",
            "above 0 and at most 1e9",
            List.of("0.0", "-1.0", "1.0E10"),
            "1e9"),
        real(
            COMPARE, "--use-seconds", "above 0 and at most 3600", List.of("0.0", "3600.5"), "3600"),
        real(COMPARE, "--target-elbo", "from -1e30 to 1e30", List.of("-1.0E31", "1.0E31"), "-5"),
        whole(SPEED, "--batch", 1),
        whole(SPEED, "--latent", 1),
        bounded(SPEED, "--threads", 1, 1024),
        bounded(SPEED, "--clients", 1, 1024),
        real(
            SPEED,
            "--seconds",
            "above 0 and at most 3600",
            List.of("0.0", "-1.0", "3600.1"),
            "3600"),
        whole(BENCH, "--batch", 1),
        whole(BENCH, "--forks", 1),
        whole(BENCH, "--warmups", 1),
        whole(BENCH, "--iterations", 1),
        bounded(BENCH, "--threads", 1, 1024),
        real(BENCH, "--seconds", "above 0 and at most 3600", List.of("0.0", "3601.0"), "3600"),
        whole(DATA, "--count", 1),
        whole(DATA, "--limit", 1),
        whole(DATA, "--window", 0),
        whole(DATA, "--window-stride", 1),
        bounded(model("sample --out x.csv"), "--count", 1, 10_000_000),
        new Flag(
            model("sample --out x.png"),
            "--count",
            List.of("10001"),
            "must be a whole number from 1 to 10000 for a picture, not '%s'",
            List.of("1", "10000")),
        whole(model("sample --out x.png"), "--columns", 1),
        whole(model("reconstruct --out x.png"), "--count", 1),
        whole(model("reconstruct --out x.png"), "--columns", 1),
        whole(model("interpolate --out x.png"), "--steps", 2),
        whole(model("interpolate --out x.png"), "--rows", 1),
        whole(model("encode --out x.csv"), "--batch-size", 1),
        whole(model("evaluate"), "--batch-size", 1),
        bounded(model("evaluate"), "--samples", 1, 100_000),
        whole(model("evaluate"), "--generated", 1),
        bounded(model("evaluate --factors"), "--resamples", 0, 10_000),
        whole(model("evaluate"), "--neighbors", 1),
        whole(model("evaluate"), "--simulations", 1),
        whole(model("evaluate"), "--rank-draws", 1),
        whole(model("evaluate"), "--rank-bins", 1),
        whole(model("evaluate"), "--aggregated", 1),
        real(CURVE, "--betas", "from 0 to 1e9", List.of("-1.0", "1.0E10"), "0", "1e9"),
        real(
            model("evaluate"),
            "--hole-quantile",
            "above 0 and below 1",
            List.of("0.0", "1.0"),
            "0.01"),
        whole(model("fit --sampler mixture"), "--components", 1),
        whole(model("fit --sampler maf"), "--epochs", 1),
        whole(model("fit --sampler two-stage"), "--hidden", 1),
        whole(model("impute --out x.csv"), "--draws", 0),
        real(
            model("score --out x.csv"),
            "--threshold-quantile",
            "above 0 and below 1",
            List.of("0.0", "1.0"),
            "0.5"),
        whole(model("sample --fix z --out x.png"), "--like", 0),
        bounded(model("explore"), "--port", 0, 65_535),
        whole(model("explain"), "--index", 0),
        whole(model("explain"), "--count", 1),
        bounded(model("explain"), "--repeat", 2, 100_000));
  }

  private static Outcome run(Flag flag, String value) {
    List<String> words = new ArrayList<>(List.of(flag.line().words().split(" ", -1)));
    words.add(flag.name() + "=" + value);
    return Outcome.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("flags")
  @DisplayName("below and above")
  void refused(Flag flag) {
    for (String value : flag.refused()) {
      Outcome outcome = run(flag, value);
      assertThat(outcome.err()).contains(flag.told().formatted(value)).hasLineCount(1);
      assertThat(outcome.code()).as(value).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("flags")
  @DisplayName("at the bounds nothing is said of it")
  void taken(Flag flag) {
    for (String value : flag.taken()) {
      Outcome outcome = run(flag, value);
      assertThat(outcome.err())
          .as(value)
          .contains(flag.line().other())
          .doesNotContain(" must be ")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--lr | NaN | its numbers must be finite, not NaN",
        "--lr | 1e400 | its numbers must be finite, not Infinity",
        "--lr | 0..0@20 | must be from 1e-30 to 1000, not 0.0 in 0.0..0.0@20.0",
        "--lr | 1e-3,5=0 | must be from 1e-30 to 1000, not 0.0 in 0.001,5.0=0.0",
        "--lr | plateau:1e-3..1e-5@2.5 | a whole number of epochs, not 2.5",
        "--lr | cosine:1e-3@5 | does not say from where to where",
        "--lr | 1e-3,5=2e3 | must be from 1e-30 to 1000, not 2000.0 in 0.001,5.0=2000.0",
        "--lr | 1e-3..1e-4@0 | in epochs, must be above 0 and finite, not 0.0",
        "--lr | 1e-3,-5=1e-4 | first stage must start at epoch 0, not -5.0",
        "--lr | 1e-3,5=1,5=2 | two stages start at epoch 5.0",
        "--beta | 0..-1@10 | must be from 0 to 1e9, not -1.0 in 0.0..-1.0@10.0",
        "--seed | 9223372036854775808 | must be a whole number from -9223372036854775808 to 9223372036854775807",
      })
  @DisplayName("in a schedule, and a seed")
  void schedules(String flag, String value, String told) {
    Outcome outcome =
        Outcome.of("train", "--backend", "tensorflow", "--prior", "flat", flag + "=" + value);
    assertThat(outcome.err()).contains(told).hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(2);
  }

  @Test
  @DisplayName("steps that overflow are refused with the epochs that there may be")
  void tooManySteps() {
    Outcome outcome = Outcome.of("compare", "--out", "no-such-folder", "--epochs", "2000000000");
    assertThat(outcome.err())
        .containsPattern("--epochs must be from 1 to \\d+ with \\d+ steps each, not 2000000000");
  }

  @Test
  @DisplayName("no flag that takes a number is left out here")
  void complete() {
    Set<String> seen = new HashSet<>(Set.of("--seed", "--lr", "--beta", "--from", "--to"));
    flags().forEach(flag -> seen.add(flag.name()));
    Set<String> numeric = new HashSet<>();
    Outcome.commands().forEach((name, command) -> {
      for (OptionSpec option : command.getCommandSpec().options()) {
        Class<?> type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
        // Those of components take text, as which component it is for is not known when it is read.
        boolean isNumber = NUMBERS.contains(type) || option.paramLabel().matches("N|N,.*|NUMBER.*");
        // An option of a component has the range of its type, which the tests of components try.
        boolean ofComponent = option.names()[0].contains(".");
        if (!name.equals("measure") && isNumber && !ofComponent) {
          numeric.add(option.names()[0]);
        }
      }
    });
    assertThat(numeric).hasSizeGreaterThan(30).isSubsetOf(seen);
  }
}

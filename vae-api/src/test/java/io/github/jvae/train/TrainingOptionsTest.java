package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Sgd;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dequantization;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Scaling;
import io.github.jvae.data.Standardization;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Training options")
final class TrainingOptionsTest {

  @Test
  @DisplayName("name every number out of range at once")
  void namesAllFaults() {
    Schedule zero = Schedule.constant(0);
    assertThatThrownBy(() -> new TrainingOptions(
            0,
            -3,
            0,
            zero,
            Map.of(),
            Adam.defaults(),
            Transforms.none(),
            Holdout.none(),
            1,
            false,
            -1))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("epochs must be at least 1, not 0")
        .hasMessageContaining("batch size must be at least 1, not -3")
        .hasMessageContaining("at least 1 batch, not 0")
        .hasMessageContaining("learning rate must be from 1e-30 to 1000")
        .hasMessageContaining("patience");
  }

  @Test
  @DisplayName("survive being saved and read")
  void roundTrip() {
    TrainingOptions options = TrainingOptions.defaults()
        .withEpochs(7)
        .withBatchSize(3)
        .withAccumulate(5)
        .withLearningRate(Schedule.parse("lr", "1e-3,4=1e-4"))
        .withKlWeight(Schedule.linear(0, 1, 2))
        .withSchedule("temperature", Schedule.constant(0.5))
        .withOptimizer(new Adam(0.8, 0.99, 1e-7, GradientLimits.clipping(5)))
        .withTransforms(Transforms.of(
            Binarization.STOCHASTIC,
            new Dequantization(),
            new Scaling(2, -1),
            new Standardization(List.of(1 / 3.0, 1e-9), List.of(2.5, 7.0))))
        .withValidation(new Holdout.Fraction(0.2))
        .withSeed(1L << 40)
        .withDropLast(true)
        .withPatience(9);
    for (Optimizer optimizer : List.of(
        options.optimizer(),
        new AdamW(new Adam(0.8, 0.99, 1e-7, GradientLimits.clipping(5)), 0.3),
        new Adamax(0.8, 0.99, 1e-7, 0.3, new GradientLimits(0, 400)),
        new Sgd(0.9, true, 0.3, new GradientLimits(5, 400)),
        new Averaging(new Sgd(0.9, true, 0.3, GradientLimits.clipping(5)), 0.9995))) {
      TrainingOptions one = options.withOptimizer(optimizer);
      assertThat(TrainingOptions.of(one.toOptions())).isEqualTo(one);
    }
  }

  @Test
  @DisplayName("let a learning rate begin or end at 0, but not stay there")
  void zeroRates() {
    for (String rate : List.of("0..1e-3@2", "cosine:1e-3..0@5", "0..1e-3@2,2=cosine:1e-3..0@5")) {
      Schedule schedule = Schedule.parse("lr", rate);
      assertThat(TrainingOptions.defaults().withLearningRate(schedule).learningRate())
          .isEqualTo(schedule);
    }
    for (String rate : List.of("0", "0..0@5", "1e-3,5=0", "cyclical:0..-1@3")) {
      assertThatThrownBy(
              () -> TrainingOptions.defaults().withLearningRate(Schedule.parse("lr", rate)))
          .as(rate)
          .hasMessageContaining("learning rate must be from 1e-30 to 1000");
    }
  }

  @Test
  @DisplayName("that name no optimizer are Adam's, as those of older folders")
  void olderThanTheChoice() {
    Options options = TrainingOptions.defaults().toOptions().without("optimizer");
    assertThat(TrainingOptions.of(options)).isEqualTo(TrainingOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs        | 0",
        "epochs        | \"3\"",
        "epochs        | 2.5",
        "epochs        | 99999999999",
        "batch_size    | 0",
        "batch_size    | -1",
        "accumulate    | 0",
        "learning_rate | \"fast\"",
        "learning_rate | []",
        "kl_weight     | true",
        "beta1         | 2",
        "optimizer     | \"lion\"",
        "optimizer     | 3",
        "average_decay | 1",
        "average_decay | \"slow\"",
        "epsilon       | \"NaN\"",
        "binarization  | \"perhaps\"",
        "transforms    | {}",
        "transforms    | [3]",
        "transforms    | [{\"type\": \"blur\"}]",
        "transforms    | [{\"type\": \"scale\", \"factor\": \"2\"}]",
        "validation    | 3",
        "validation    | \"1.5\"",
        "seed          | 1.5",
        "drop_last     | 1",
        "patience      | -1"
      })
  @DisplayName("name the member that is of the wrong kind or out of range when they are read")
  void namesTheMember(String member, String value) {
    Options options = TrainingOptions.defaults()
        .toOptions()
        .without("transforms")
        .with(member, JsonFile.value(value).orElseThrow());
    assertThatThrownBy(() -> TrainingOptions.of(options))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(member);
  }

  @Test
  @DisplayName("are read where a member is left out, or a schedule is a plain number")
  void lenient() {
    // Saved before there was a choice of a validation part.
    assertThat(TrainingOptions.of(Options.none()))
        .isEqualTo(TrainingOptions.defaults().withValidation(Holdout.none()));
    assertThat(TrainingOptions.of(Options.none().with("binarization", "fixed")).transforms())
        .isEqualTo(Transforms.of(Binarization.FIXED));
    assertThat(TrainingOptions.of(Options.none().with("learning_rate", 0.5)).learningRate())
        .isEqualTo(Schedule.constant(0.5));
  }
}

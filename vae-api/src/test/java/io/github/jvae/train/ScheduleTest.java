package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A schedule")
final class ScheduleTest {

  @Test
  @DisplayName("can be constant, a line that ends, or stages")
  void kinds() {
    assertThat(Schedule.parse("lr", "1e-3").at(77)).isEqualTo(1e-3);
    Schedule line = Schedule.parse("beta", "0..1@10");
    assertThat(line.at(0)).isZero();
    assertThat(line.at(2.5)).isCloseTo(0.25, within(1e-12));
    assertThat(line.at(10)).isEqualTo(1);
    assertThat(line.at(400)).isEqualTo(1);
    Schedule stages = Schedule.parse("lr", "1e-4,200=6.3e-5,350=4e-5");
    assertThat(stages.at(199.999)).isEqualTo(1e-4);
    assertThat(stages.at(200)).isEqualTo(6.3e-5);
    assertThat(stages.at(500)).isEqualTo(4e-5);
  }

  @Test
  @DisplayName("can be half a wave of the cosine, which is slow at both ends")
  void cosine() {
    Schedule cosine = Schedule.parse("lr", "cosine:1e-3..1e-5@8");
    assertThat(cosine.at(0)).isEqualTo(1e-3);
    assertThat(cosine.at(2))
        .isCloseTo(1e-5 + (1e-3 - 1e-5) * (1 + Math.sqrt(0.5)) / 2, within(1e-15));
    assertThat(cosine.at(4)).isCloseTo((1e-3 + 1e-5) / 2, within(1e-15));
    assertThat(cosine.at(8)).isCloseTo(1e-5, within(1e-18));
    assertThat(cosine.at(80)).isCloseTo(1e-5, within(1e-18));
    assertThat(cosine.end()).isEqualTo(8);
  }

  @Test
  @DisplayName("can rise again and again, and rest for the other part of each cycle")
  void cyclical() {
    Schedule half = Schedule.parse("beta", "cyclical:0..2@10");
    Schedule quarter = Schedule.parse("beta", "cyclical:0..2@10x0.25");
    for (int cycle = 0; cycle < 3; cycle++) {
      double start = 10.0 * cycle;
      assertThat(half.at(start)).isZero();
      assertThat(half.at(start + 2.5)).isCloseTo(1, within(1e-12));
      assertThat(quarter.at(start + 1.25)).isCloseTo(1, within(1e-12));
      assertThat(quarter.at(start + 2.5)).isEqualTo(2);
      assertThat(half.at(start + 9.99)).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("can be lowered at each plateau, down to a least number")
  void plateau() {
    Schedule plateau = Schedule.parse("lr", "plateau:1..0.2@2x0.5");
    List<Double> losses = List.of(9.0, 8.0, 8.0, 8.5, 7.0, 7.1, 7.0, 7.2, 7.3, 7.4, 7.5);
    double[] expected = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2, 0.2, 0.2};
    for (int epoch = 0; epoch < expected.length; epoch++) {
      assertThat(plateau.at(epoch + 0.5, losses.subList(0, Math.min(epoch, losses.size()))))
          .as("epoch %d", epoch)
          .isEqualTo(expected[epoch]);
      assertThat(plateau.at(epoch, losses)).as("known later").isEqualTo(expected[epoch]);
    }
    assertThat(Schedule.parse("lr", "plateau:1..0@1").at(2, List.of(1.0, 1.0))).isEqualTo(0.1);
    assertThat(plateau.readsLosses()).isTrue();
    assertThat(Schedule.parse("lr", "1,3=0.5").readsLosses()).isFalse();
  }

  @Test
  @DisplayName("can be a warm-up and then anything else, whose epochs count from there")
  void warmUp() {
    Schedule schedule = Schedule.parse("lr", "0..1@4,4=plateau:1..0.1@1,20=cosine:1..0@10");
    assertThat(schedule)
        .isEqualTo(Schedule.linear(0, 1, 4)
            .then(4, Schedule.plateau(1, 0.1, 1, 0.1).then(16, Schedule.cosine(1, 0, 10))));
    assertThat(schedule.at(1)).isEqualTo(0.25);
    List<Double> losses = List.of(1.0, 1.0, 1.0, 1.0, 5.0, 5.0);
    assertThat(schedule.at(5, losses))
        .as("the warm-up's losses count for nothing")
        .isEqualTo(1);
    assertThat(schedule.at(6, losses)).isEqualTo(0.1);
    assertThat(schedule.at(25)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.end()).isEqualTo(30);
    assertThatThrownBy(() -> schedule.then(29, Schedule.constant(1)))
        .hasMessageContaining("its stage from epoch 29.0 on cuts off");
    assertThat(schedule.readsLosses()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0..1@5,3=1           | cuts off the one before it, which ends at epoch 5.0",
        "plateau:1..2@5       | a plateau lowers a number",
        "plateau:1..0@0       | at least 1 epoch",
        "plateau:1..0@5x1     | the factor of a plateau must be above 0 and below 1, not 1.0",
        "cyclical:0..1@5x1.5  | the part of a cycle",
        "cosine:1@5           | from where to where",
        "cosine:1..0@-1       | must be above 0",
      })
  @DisplayName("that cannot be followed is refused, and why")
  void refusedWithReason(String text, String reason) {
    assertThatThrownBy(() -> Schedule.parse("--lr", text))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("--lr '" + text + "' is no schedule")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.001",
        "0..1@10",
        "1e-4,200=6.3e-5,350=4e-5",
        "cosine:1e-3..0@7",
        "cyclical:0..1@4x0.3",
        "cyclical:0..1@4",
        "plateau:1e-3..1e-6@5",
        "0..1e-3@5,5=plateau:1e-3..1e-6@5x0.5"
      })
  @DisplayName("reads what it writes")
  void roundTrip(String text) {
    Schedule schedule = Schedule.parse("lr", text);
    assertThat(Schedule.parse("lr", schedule.toString())).isEqualTo(schedule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fast",
        "NaN",
        "0..1@0",
        "1,1",
        "5=3,7=2",
        "0..x@3",
        "1e-3,200",
        "cosine:",
        "plateau:1..0@2x",
        "sine:1..0@3",
        "0..1"
      })
  @DisplayName("that makes no sense is refused with an example of one that does")
  void refused(String text) {
    assertThatThrownBy(() -> Schedule.parse("--lr", text)).isInstanceOf(VaeException.class);
  }

  @Test
  @DisplayName("of the importance-weighted autoencoder has eight rates for 3^i epochs each")
  void iwae() {
    Schedule schedule = Schedule.parseLearningRate("--lr", "IWAE");
    // 0.001 · 10^(-i/7), from the epoch (3^i - 1) / 2 on.
    double[][] stages = {
      {0, 0.001},
      {1, 7.196856730011520e-4},
      {4, 5.179474679231213e-4},
      {13, 3.727593720314942e-4},
      {40, 2.682695795279726e-4},
      {121, 1.930697728883250e-4},
      {364, 1.389495494373137e-4},
      {1093, 1e-4}
    };
    for (int i = 0; i < stages.length; i++) {
      double end = i + 1 < stages.length ? stages[i + 1][0] : Schedule.IWAE_EPOCHS;
      assertThat(end - stages[i][0]).isEqualTo(Math.pow(3, i));
      assertThat(schedule.at(stages[i][0])).isCloseTo(stages[i][1], within(1e-15));
      assertThat(schedule.at(end - 1e-6)).isCloseTo(stages[i][1], within(1e-15));
    }
    assertThat(Schedule.parse("lr", schedule.toString())).isEqualTo(schedule);
    assertThat(Schedule.parseLearningRate("--lr", "0.5")).isEqualTo(Schedule.constant(0.5));
    assertThatThrownBy(() -> Schedule.parse("--beta", "iwae")).hasMessageContaining("--beta");
  }
}

package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "0..1@10", "1e-4,200=6.3e-5,350=4e-5"})
  @DisplayName("reads what it writes")
  void roundTrip(String text) {
    Schedule schedule = Schedule.parse("lr", text);
    assertThat(Schedule.parse("lr", schedule.toString())).isEqualTo(schedule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "NaN", "0..1@0", "1,1", "5=3,7=2", "0..x@3", "1e-3,200"})
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

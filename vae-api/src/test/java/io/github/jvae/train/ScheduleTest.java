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
}

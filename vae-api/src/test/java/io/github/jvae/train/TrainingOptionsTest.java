package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Adam;
import io.github.jvae.data.Binarization;
import io.github.jvae.error.VaeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Training options")
final class TrainingOptionsTest {

  @Test
  @DisplayName("name every number out of range at once")
  void namesAllFaults() {
    Schedule zero = Schedule.constant(0);
    assertThatThrownBy(() -> new TrainingOptions(
            0, -3, zero, zero, Adam.defaults(), Binarization.NONE, 1, false, -1))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("epochs must be at least 1, not 0")
        .hasMessageContaining("batch size must be at least 1, not -3")
        .hasMessageContaining("learning rate must be above 0")
        .hasMessageContaining("patience");
  }

  @Test
  @DisplayName("survive being saved and read")
  void roundTrip() {
    TrainingOptions options = TrainingOptions.defaults()
        .withEpochs(7)
        .withBatchSize(3)
        .withLearningRate(Schedule.parse("lr", "1e-3,4=1e-4"))
        .withKlWeight(Schedule.linear(0, 1, 2))
        .withOptimizer(new Adam(0.8, 0.99, 1e-7, 5))
        .withBinarization(Binarization.STOCHASTIC)
        .withSeed(1L << 40)
        .withDropLast(true)
        .withPatience(9);
    assertThat(TrainingOptions.fromJson(options.toJson())).isEqualTo(options);
  }
}

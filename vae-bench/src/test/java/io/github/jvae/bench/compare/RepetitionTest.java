package io.github.jvae.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.compare.MeasuringEvent.Ended;
import io.github.jvae.bench.compare.MeasuringEvent.Judged;
import io.github.jvae.bench.compare.MeasuringEvent.Phase;
import io.github.jvae.bench.compare.MeasuringEvent.Started;
import io.github.jvae.bench.compare.MeasuringEvent.Stepped;
import io.github.jvae.bench.compare.Repetition.Block;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A repetition")
final class RepetitionTest {
  private static Stepped steps(int count, int images, double seconds) {
    return new Stepped(
        Collections.nCopies(count, images),
        Collections.nCopies(count, seconds),
        Collections.nCopies(count, 5.0));
  }

  @Test
  @DisplayName("counts for speed neither the warm-up nor the first step of a batch size")
  void speed() {
    Repetition repetition = new Repetition(101);
    repetition.add(steps(1, 10, 7));
    assertThat(repetition.imagesPerSecond()).isNull();
    repetition.add(steps(10, 10, 3));
    // Of another size: the first of them records.
    repetition.add(steps(1, 4, 9));
    repetition.add(steps(9, 4, 0.5));
    repetition.add(steps(80, 10, 0.5));
    assertThat(repetition.imagesPerSecond()).isCloseTo(20, within(1e-9));
    List<Block> blocks = repetition.blocks();
    assertThat(blocks).hasSize(10);
    assertThat(blocks.stream().mapToLong(Block::images).sum()).isEqualTo(836);
  }

  @Test
  @DisplayName("tells when a bound was reached, on a line between judgements")
  void target() {
    Repetition repetition = new Repetition(4);
    repetition.add(steps(4, 10, 2));
    repetition.add(new Judged(2, -100));
    repetition.add(new Judged(4, -50));
    assertThat(repetition.secondsTo(-75)).isCloseTo(6, within(1e-9));
    assertThat(repetition.secondsTo(-200)).isCloseTo(4, within(1e-9));
    assertThat(repetition.secondsTo(-10)).isNull();
  }

  @Test
  @DisplayName("keeps what was told before it broke off, with the time of each step")
  void brokenOff() {
    Repetition repetition = new Repetition(10);
    assertThat(repetition.activity()).isEqualTo("starting");
    assertThat(repetition.curve()).isNull();
    repetition.add(new Phase("data", 0.25));
    repetition.add(new Started("Engine 1", "Binding 1", "cpu", 100, 1500));
    repetition.add(steps(3, 10, 2));
    assertThat(repetition.activity()).isEqualTo("step 3/10");
    assertThat(Objects.requireNonNull(repetition.curve()).seconds()).containsExactly(2.0, 4.0, 6.0);
    assertThat(repetition.phases())
        .extracting(phase -> phase.name() + " " + phase.seconds())
        .containsExactly("start 1.75", "first step 2.0", "training 4.0");
    assertThat(repetition.peakRssMib()).isNull();
    repetition.add(new Ended(300.0));
    assertThat(repetition.isWhole()).isTrue();
    assertThat(repetition.peakRssMib()).isEqualTo(300);
  }
}

package io.github.jvae.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.bench.compare.Repetition.Block;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The interval of a ratio")
final class RatioBootstrapTest {
  /** Blocks of 100 images at about so many a second, a little uneven. */
  private static List<Block> blocks(double speed, double unevenness) {
    return IntStream.range(0, 10)
        .mapToObj(i -> new Block(100, 100 / speed * (1 + unevenness * ((i * 7) % 10 - 4.5) / 4.5)))
        .toList();
  }

  @Test
  @DisplayName("is narrow where all is even, and wide where repetitions differ by themselves")
  void width() {
    List<List<Block>> fast = List.of(blocks(1000, 0.01), blocks(1000, 0.01), blocks(1000, 0.01));
    List<List<Block>> slow = List.of(blocks(800, 0.01), blocks(800, 0.01), blocks(800, 0.01));
    List<List<Block>> unsure = List.of(blocks(600, 0.01), blocks(800, 0.01), blocks(1100, 0.01));
    Interval narrow = new RatioBootstrap().of(slow, fast);
    assertThat(narrow.value()).isCloseTo(0.8, within(1e-9));
    assertThat(narrow.low()).isBetween(0.78, 0.8);
    assertThat(narrow.high()).isBetween(0.8, 0.82);
    Interval wide = new RatioBootstrap().of(unsure, fast);
    assertThat(wide.low()).isLessThan(0.62);
    assertThat(wide.high()).isGreaterThan(1.08);
  }

  @Test
  @DisplayName("does not grow by what slows both engines in the same repetition")
  void paired() {
    List<List<Block>> fast = List.of(blocks(1000, 0.01), blocks(500, 0.01), blocks(900, 0.01));
    List<List<Block>> slow = List.of(blocks(800, 0.01), blocks(400, 0.01), blocks(720, 0.01));
    Interval interval = new RatioBootstrap().of(slow, fast);
    assertThat(interval.low()).isBetween(0.77, 0.8);
    assertThat(interval.high()).isBetween(0.8, 0.83);
  }

  @Test
  @DisplayName("is not moved by what slows both engines for some steps")
  void pairedWithinRepetition() {
    List<Block> fast = new ArrayList<>(blocks(1000, 0.01));
    List<Block> slow = new ArrayList<>(blocks(800, 0.01));
    for (int i = 0; i < 6; i++) {
      fast.set(i, new Block(100, 0.3 + 0.1 * i));
      slow.set(i, new Block(100, (0.3 + 0.1 * i) / 0.8));
    }
    Interval interval = new RatioBootstrap().of(List.of(slow), List.of(fast));
    assertThat(interval.value()).isCloseTo(0.8, within(1e-9));
    assertThat(interval.low()).isBetween(0.79, 0.8);
    assertThat(interval.high()).isBetween(0.8, 0.81);
  }

  @Test
  @DisplayName("of numbers reaches from the least to the greatest ratio that is likely")
  void numbers() {
    Interval interval =
        new RatioBootstrap().ofNumbers(List.of(110.0, 120.0, 130.0), List.of(99.0, 100.0, 101.0));
    assertThat(interval.value()).isCloseTo(1.2, within(1e-9));
    assertThat(interval.low()).isBetween(1.08, 1.12);
    assertThat(interval.high()).isBetween(1.28, 1.32);
  }
}

package io.github.jvae.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pace")
final class PaceTest {

  @Test
  @DisplayName("is how often an action ran per second, by the clock it is given")
  void countsPerSecond() {
    AtomicLong clock = new AtomicLong();
    Pace pace = Pace.of(() -> clock.addAndGet(2_000_000), 7, clock::get);
    assertThat(pace.median()).isCloseTo(500, within(1e-6));
    assertThat(pace.min()).isCloseTo(500, within(1e-6));
    assertThat(pace.max()).isCloseTo(500, within(1e-6));
    assertThat(clock.get()).isEqualTo(7_000_000_000L);
  }

  @Test
  @DisplayName("keeps the slowest and the fastest window apart from the median")
  void showsSpread() {
    AtomicLong clock = new AtomicLong();
    // Slow for the first second, fast for the last, in between from then on.
    Pace pace = Pace.of(
        () -> {
          long now = clock.get();
          clock.addAndGet(now < 1e9 ? 10_000_000 : now < 6e9 ? 5_000_000 : 1_000_000);
        },
        7,
        clock::get);
    assertThat(pace.min()).isCloseTo(100, within(1e-6));
    assertThat(pace.median()).isCloseTo(200, within(1e-6));
    assertThat(pace.max()).isCloseTo(1000, within(1e-6));
  }
}

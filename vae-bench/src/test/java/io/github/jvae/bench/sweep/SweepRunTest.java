package io.github.jvae.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.speed.Workload;
import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sweep")
final class SweepRunTest {
  private static final SpeedSetting BASE =
      new SpeedSetting(Workload.MLP, "none", 128, null, 2, null, "float32", 1);

  private final List<SpeedSetting> measured = new ArrayList<>();
  private final List<SweepPoint> told = new ArrayList<>();

  /** Gives the batch size as the result; fails where there are 13 images in a batch. */
  private final Meter meter = new Meter() {
    @Override
    public Reading measure(SpeedSetting setting) {
      measured.add(setting);
      if (setting.batch() == 13) {
        throw new VaeException("unlucky");
      }
      return new Reading(JsonNodeFactory.instance.objectNode().put("batch", setting.batch()));
    }

    @Override
    public void stop() {
      measured.clear();
    }
  };

  private final SweepRun run = new SweepRun(BASE, List.of("a", "b"), meter);

  @Test
  @DisplayName("takes the engines in turn at each value, and changes nothing else")
  void order() {
    Sweep sweep = new Sweep(SweptQuantity.THREADS, List.of(1, 4, 1));
    List<SweepPoint> points = run.run(sweep, told::add);
    assertThat(measured)
        .containsExactly(
            BASE.withBackend("a").withThreads(1),
            BASE.withBackend("b").withThreads(1),
            BASE.withBackend("a").withThreads(4),
            BASE.withBackend("b").withThreads(4));
    assertThat(points).isEqualTo(told).hasSize(run.size(sweep));
    assertThat(points).extracting(SweepPoint::value).containsExactly(1, 1, 4, 4);
  }

  @Test
  @DisplayName("sets what it says it sweeps")
  void quantities() {
    for (SweptQuantity quantity : SweptQuantity.values()) {
      run.run(new Sweep(quantity, List.of(7)), told::add);
    }
    assertThat(measured).extracting(SpeedSetting::batch).containsExactly(7, 7, 128, 128, 128, 128);
    assertThat(measured)
        .extracting(SpeedSetting::latent)
        .containsExactly(null, null, 7, 7, null, null);
    assertThat(measured).extracting(SpeedSetting::threads).containsExactly(2, 2, 2, 2, 7, 7);
  }

  @Test
  @DisplayName("goes on after a point that fails, and keeps the reason")
  void failure() {
    List<SweepPoint> points = run.run(new Sweep(SweptQuantity.BATCH, List.of(13, 14)), told::add);
    assertThat(points)
        .extracting(SweepPoint::failure)
        .containsExactly("unlucky", "unlucky", null, null);
    assertThat(points.get(0).reading()).isNull();
    assertThat(points.get(2).reading()).extracting(Reading::batch).isEqualTo(14);
  }

  @Test
  @DisplayName("leaves out the rest when it is stopped, and what stopping broke")
  void stopping() {
    Sweep sweep = new Sweep(SweptQuantity.BATCH, List.of(1, 2, 3));
    List<SweepPoint> points = run.run(sweep, point -> run.stop());
    assertThat(points).hasSize(1);
    assertThat(run.isStopped()).isTrue();
    assertThat(run.run(sweep, told::add)).isEmpty();

    List<SweepRun> itself = new ArrayList<>();
    SweepRun broken = new SweepRun(BASE, List.of("a"), new Meter() {
      @Override
      public Reading measure(SpeedSetting setting) {
        itself.get(0).stop();
        throw new VaeException("killed");
      }

      @Override
      public void stop() {}
    });
    itself.add(broken);
    assertThat(broken.run(sweep, told::add)).isEmpty();
    assertThat(told).isEmpty();
  }
}

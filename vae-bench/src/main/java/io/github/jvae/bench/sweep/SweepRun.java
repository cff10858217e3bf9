package io.github.jvae.bench.sweep;

import io.github.jvae.error.VaeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times the points of sweeps: at each value one engine after another, so that what disturbs the
 * machine for a while disturbs all of them alike. A point that fails does not stop the others.
 */
public final class SweepRun {
  private final SpeedSetting base;
  private final List<String> backends;
  private final Meter meter;
  private volatile boolean stopped;

  /**
   * @param base what does not vary; its backend is not used
   * @param backends the engines
   * @param meter times a point
   */
  public SweepRun(SpeedSetting base, List<String> backends, Meter meter) {
    this.base = base;
    this.backends = List.copyOf(backends);
    this.meter = meter;
  }

  /** How many points a sweep has. */
  public int size(Sweep sweep) {
    return sweep.values().size() * backends.size();
  }

  /**
   * Times all points of a sweep.
   *
   * @param listener told of each as soon as it is known
   * @return those that were timed, or failed, before it was stopped
   */
  public List<SweepPoint> run(Sweep sweep, Consumer<SweepPoint> listener) {
    List<SweepPoint> points = new ArrayList<>();
    for (int value : sweep.values()) {
      for (String backend : backends) {
        if (stopped) {
          return points;
        }
        SweepPoint point = point(sweep.quantity(), value, backend);
        // What stopping broke is no failure of the engine.
        if (point.reading() != null || !stopped) {
          points.add(point);
          listener.accept(point);
        }
      }
    }
    return points;
  }

  private SweepPoint point(SweptQuantity quantity, int value, String backend) {
    try {
      Reading reading = meter.measure(quantity.at(value, base.withBackend(backend)));
      return new SweepPoint(quantity, value, backend, reading, null);
    } catch (VaeException e) {
      return new SweepPoint(quantity, value, backend, null, String.valueOf(e.getMessage()));
    }
  }

  /** Breaks off the point that is being timed, and leaves out the rest; from any thread. */
  public void stop() {
    stopped = true;
    meter.stop();
  }

  /** Whether it was stopped. */
  public boolean isStopped() {
    return stopped;
  }
}

package io.github.jvae.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One engine of a comparison: what its processes have told so far. */
public final class EngineRecord {
  private final String backend;
  private final double nativesMib;
  private final List<Repetition> repetitions = new ArrayList<>();
  private @Nullable String failure;

  /**
   * @param backend its name
   * @param nativesMib its native libraries on disk, MiB
   */
  EngineRecord(String backend, double nativesMib) {
    this.backend = backend;
    this.nativesMib = nativesMib;
  }

  /** The backend's name. */
  public String backend() {
    return backend;
  }

  double nativesMib() {
    return nativesMib;
  }

  Repetition begin(int steps) {
    Repetition repetition = new Repetition(steps);
    repetitions.add(repetition);
    return repetition;
  }

  void fail(String reason) {
    failure = reason;
  }

  /** Why it could not go on; null if it could. */
  public @Nullable String failure() {
    return failure;
  }

  /** What was measured, the one under way last. */
  public List<Repetition> repetitions() {
    return Collections.unmodifiableList(repetitions);
  }

  /** The repetition that also tested the model; null before it began. */
  @Nullable
  Repetition first() {
    return repetitions.isEmpty() ? null : repetitions.get(0);
  }

  /** The one under way, or the last; null before the first. */
  public @Nullable Repetition latest() {
    return repetitions.isEmpty() ? null : repetitions.get(repetitions.size() - 1);
  }

  /** Training images per second of each repetition that came far enough. */
  public List<Double> imagesPerSecond() {
    return repetitions.stream()
        .map(Repetition::imagesPerSecond)
        .filter(Objects::nonNull)
        .toList();
  }
}

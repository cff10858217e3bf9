package io.github.jvae.bench.training;

import io.github.jvae.backend.BackendInfo;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides the numbers of a training beside its options, and how they are told: kept in
 * {@code training.json}, so that a resume repeats it without being told. What is null is not known,
 * as of a training that was begun before this was kept.
 *
 * @param backend the engine's name
 * @param engine the engine and its version
 * @param device where it computes
 * @param threads processor threads for one operation
 * @param threadsAsked the threads that were asked for; null for the engine's choice
 * @param historySteps steps between two lines of history; 0 for lines of epochs only
 */
public record RunSettings(
    @Nullable String backend,
    @Nullable String engine,
    @Nullable String device,
    @Nullable Integer threads,
    @Nullable Integer threadsAsked,
    int historySteps) {
  private static final String BACKEND = "backend";
  private static final String ENGINE = "engine";
  private static final String DEVICE = "device";
  private static final String THREADS = "threads";
  private static final String THREADS_ASKED = "threads_asked";
  private static final String HISTORY_STEPS = "history_steps";

  /** The settings of a training on an engine that has started. */
  public static RunSettings of(BackendInfo info, @Nullable Integer threadsAsked, int historySteps) {
    return new RunSettings(
        info.name(), info.engine(), info.device(), info.threads(), threadsAsked, historySteps);
  }

  /**
   * The settings among the members of an object, as far as it has them.
   *
   * @throws io.github.jvae.error.VaeException if one is of the wrong kind
   */
  static RunSettings in(JsonMembers members) {
    return new RunSettings(
        members.text(BACKEND),
        members.text(ENGINE),
        members.text(DEVICE),
        known(members.integer(THREADS, 1, 0)),
        known(members.integer(THREADS_ASKED, 1, 0)),
        members.integer(HISTORY_STEPS, 0, 0));
  }

  /** Returns the same, and what is not known of the engine as another tells it. */
  RunSettings or(RunSettings other) {
    return new RunSettings(
        either(backend, other.backend),
        either(engine, other.engine),
        either(device, other.device),
        threads,
        threadsAsked,
        historySteps);
  }

  private static @Nullable String either(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static @Nullable Integer known(int number) {
    return number == 0 ? null : (Integer) number;
  }

  /** Returns the members that {@link #in} reads. */
  public Options toOptions() {
    return Options.none()
        .with(BACKEND, OptionValue.ofNullable(backend))
        .with(ENGINE, OptionValue.ofNullable(engine))
        .with(DEVICE, OptionValue.ofNullable(device))
        .with(THREADS, OptionValue.ofNullable(threads))
        .with(THREADS_ASKED, OptionValue.ofNullable(threadsAsked))
        .with(HISTORY_STEPS, historySteps);
  }

  /** What of another's settings that decide numbers differs from these, in words. */
  public List<String> differences(RunSettings now) {
    List<String> differences = new ArrayList<>();
    compare("backend", backend, now.backend, differences);
    if (differences.isEmpty()) {
      compare("engine", engine, now.engine, differences);
    }
    compare("device", device, now.device, differences);
    compare("threads", threads, now.threads, differences);
    return differences;
  }

  private static void compare(
      String what, @Nullable Object before, @Nullable Object now, List<String> differences) {
    if (before != null && !before.equals(now)) {
      differences.add(what + " " + now + " in place of " + before);
    }
  }
}

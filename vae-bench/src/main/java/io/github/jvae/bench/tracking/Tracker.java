package io.github.jvae.bench.tracking;

import java.util.function.Consumer;

/**
 * One place where a training is told. All methods are called in the training thread; only the first
 * two may fail, as nothing is lost then.
 */
interface Tracker {
  /**
   * Checks, before an engine starts, that this will work; changes nothing that stays.
   *
   * @throws io.github.jvae.error.VaeException if it will not
   */
  void prepare();

  /**
   * Begins.
   *
   * @param say told where to look
   * @param note told, in any thread and at any time until the end, what does not work
   * @throws io.github.jvae.error.VaeException if it cannot
   */
  void begin(TrackedTraining training, Consumer<String> say, Consumer<String> note);

  /** Tells numbers. */
  void numbers(TrackedNumbers numbers);

  /** Tells what is to be seen of the model at the end of an epoch, and all numbers before. */
  void epochEnded(long step);

  /** Ends; called once, and only after it has begun. */
  void end(TrainingEnd end);
}

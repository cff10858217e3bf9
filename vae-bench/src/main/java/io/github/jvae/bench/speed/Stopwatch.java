package io.github.jvae.bench.speed;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendInfo;

/**
 * Times a workload on a backend: the training step on a pool of random batches, with fresh noise
 * for each step as training has it, then each network alone.
 */
public final class Stopwatch {
  private final Vae.Builder model;
  private final int batch;
  private final double seconds;

  /**
   * @param model what to time, with its backend and threads said
   * @param batch images per step
   * @param seconds how long the training step is timed, after a warm-up of a third of that; each
   *     network takes another third
   */
  public Stopwatch(Vae.Builder model, int batch, double seconds) {
    this.model = model;
    this.batch = batch;
    this.seconds = seconds;
  }

  /**
   * What was measured.
   *
   * @param backend what computed
   * @param latent the extent of the latent vector
   * @param parameters numbers trained
   * @param startMillis from nothing to a model with weights: natives loaded, variables made
   * @param firstStepMillis the first training step: recorded, compiled and run
   * @param steps training steps per second
   * @param encodes batches encoded per second
   * @param decodes batches of latent vectors decoded per second
   * @param loss the last step's, nats per example; not the same for different lengths of run
   */
  public record Result(
      BackendInfo backend,
      int latent,
      long parameters,
      double startMillis,
      double firstStepMillis,
      Pace steps,
      Pace encodes,
      Pace decodes,
      double loss) {}

  /** Measures, in this process and thread. */
  public Result measure() {
    long start = System.nanoTime();
    try (Vae vae = model.seed(1).build()) {
      double startMillis = (System.nanoTime() - start) * 1e-6;
      try (TimedModel timed = new TimedModel(vae, batch)) {
        double[] loss = new double[1];
        Runnable step = () -> loss[0] = timed.step();
        long first = System.nanoTime();
        step.run();
        double firstMillis = (System.nanoTime() - first) * 1e-6;
        Pace.of(step, seconds / 3, System::nanoTime);
        Pace steps = Pace.of(step, seconds, System::nanoTime);
        Pace.of(timed::encode, seconds / 9, System::nanoTime);
        return new Result(
            vae.backend(),
            vae.config().latent(),
            vae.parameterCount(),
            startMillis,
            firstMillis,
            steps,
            Pace.of(timed::encode, seconds / 3, System::nanoTime),
            decodes(timed),
            loss[0]);
      }
    }
  }

  private Pace decodes(TimedModel timed) {
    Pace.of(timed::decode, seconds / 9, System::nanoTime);
    return Pace.of(timed::decode, seconds / 3, System::nanoTime);
  }
}

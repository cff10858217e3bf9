package io.github.jvae.bench.speed;

import io.github.jvae.Vae;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Times a workload on a backend: the training step on a pool of random batches, with fresh noise
 * for each step as training has it, then the encoder alone.
 */
public final class Stopwatch {
  private static final int POOL = 20;
  private static final double LEARNING_RATE = 1e-3;
  private static final HostTensor KL_WEIGHT = HostTensor.scalar(1);

  private final Vae.Builder model;
  private final int batch;
  private final double seconds;

  /**
   * @param model what to time, with its backend and threads said
   * @param batch images per step
   * @param seconds how long the training step is timed, after a warm-up of a third of that; the
   *     encoder takes another third
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
   * @param parameters numbers trained
   * @param startMillis from nothing to a model with weights: natives loaded, variables made
   * @param firstStepMillis the first training step: recorded, compiled and run
   * @param steps training steps per second
   * @param encodes batches encoded per second
   * @param loss the last step's, nats per example; not the same for different lengths of run
   */
  public record Result(
      BackendInfo backend,
      long parameters,
      double startMillis,
      double firstStepMillis,
      Pace steps,
      Pace encodes,
      double loss) {}

  /** Measures, in this process and thread. */
  public Result measure() {
    long start = System.nanoTime();
    try (Vae vae = model.seed(1).build()) {
      double startMillis = (System.nanoTime() - start) * 1e-6;
      ModelRuntime runtime = vae.runtime();
      List<HostTensor> pool = pool(runtime.architecture().input());
      try (TrainingStep step =
          runtime.backend().compileTraining(runtime.trainingLoss(), Adam.defaults())) {
        Loop loop = new Loop(step, pool, runtime.architecture().latent());
        long first = System.nanoTime();
        loop.run();
        double firstMillis = (System.nanoTime() - first) * 1e-6;
        Pace.of(loop, seconds / 3, System::nanoTime);
        Pace steps = Pace.of(loop, seconds, System::nanoTime);
        Encodes encodes = new Encodes(vae, pool);
        Pace.of(encodes, seconds / 9, System::nanoTime);
        return new Result(
            vae.backend(),
            vae.parameterCount(),
            startMillis,
            firstMillis,
            steps,
            Pace.of(encodes, seconds / 3, System::nanoTime),
            loop.loss);
      }
    }
  }

  private List<HostTensor> pool(Shape image) {
    List<HostTensor> pool = new ArrayList<>();
    RandomStream random = RandomStream.of(1).child("pool");
    for (int i = 0; i < POOL; i++) {
      HostTensor images = HostTensor.zeros(image.prepend(batch));
      random.child(i).fillUniform(images.data(), 0, 1);
      pool.add(images);
    }
    return pool;
  }

  /** One training step after another. */
  private final class Loop implements Runnable {
    private final TrainingStep step;
    private final List<HostTensor> pool;
    private final HostTensor noise;
    private final RandomStream random = RandomStream.of(1).child("noise");
    private int next;
    private double loss;

    Loop(TrainingStep step, List<HostTensor> pool, int latent) {
      this.step = step;
      this.pool = pool;
      this.noise = HostTensor.zeros(Shape.of(batch, latent));
    }

    @Override
    public void run() {
      random.fillGaussian(noise.data());
      loss = step.run(LEARNING_RATE, pool.get(next++ % POOL), noise, KL_WEIGHT)
          .get(0)
          .item();
    }
  }

  /** One batch encoded after another. */
  private static final class Encodes implements Runnable {
    private final Vae vae;
    private final List<HostTensor> pool;
    private int next;

    Encodes(Vae vae, List<HostTensor> pool) {
      this.vae = vae;
      this.pool = pool;
    }

    @Override
    public void run() {
      vae.encode(pool.get(next++ % POOL));
    }
  }
}

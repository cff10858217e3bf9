package io.github.jvae.bench.speed;

import io.github.jvae.Vae;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A model with what it takes to time it: the training step on a pool of random batches, with fresh
 * noise for each step as training has it, and the two networks alone. Each call does the work once.
 * For one thread.
 */
public final class TimedModel implements AutoCloseable {
  private static final int LARGEST_POOL = 20;

  /** Huge batches are few, so that they fit the heap: the pool's numbers, at most. */
  private static final long POOLED_NUMBERS = 64L << 20;

  private static final double LEARNING_RATE = 1e-3;

  private final Vae vae;
  private final TrainingStep step;
  private final List<HostTensor> images = new ArrayList<>();
  private final List<HostTensor> latents = new ArrayList<>();
  private final HostTensor noise;
  private final List<HostTensor> schedules;
  private final RandomStream random = RandomStream.of(1).child("noise");
  private int next;

  /**
   * Prepares a model; nothing is recorded or run yet.
   *
   * @param vae stays the caller's to close, after this
   * @param batch images per call
   */
  public TimedModel(Vae vae, int batch) {
    this.vae = vae;
    ModelRuntime runtime = vae.runtime();
    Shape latent = Shape.of(batch, runtime.model().latent());
    this.noise = HostTensor.zeros(Shape.of(batch, runtime.objective().noiseSize(runtime.model())));
    this.schedules = runtime.objective().schedules().stream()
        .map(name -> HostTensor.scalar(1))
        .toList();
    RandomStream pool = RandomStream.of(1).child("pool");
    RandomStream codes = RandomStream.of(1).child("latents");
    Shape image = runtime.example().prepend(batch);
    long pooled = Math.max(2, Math.min(LARGEST_POOL, POOLED_NUMBERS / image.size()));
    for (int i = 0; i < pooled; i++) {
      HostTensor pixels = HostTensor.zeros(image);
      pool.child(i).fillUniform(pixels.data(), 0, 1);
      images.add(pixels);
      HostTensor code = HostTensor.zeros(latent);
      codes.child(i).fillGaussian(code.data());
      latents.add(code);
    }
    this.step = runtime.compileTraining(Adam.defaults());
  }

  /**
   * One training step: loss, gradients and Adam's update, with its noise drawn on the host.
   *
   * @return the loss before the update, nats per example
   */
  public double step() {
    random.fillGaussian(noise.data());
    List<HostTensor> inputs = new ArrayList<>(List.of(images.get(turn()), noise));
    inputs.addAll(schedules);
    return step.run(LEARNING_RATE, inputs.toArray(HostTensor[]::new)).get(0).item();
  }

  /** One batch through the encoder. */
  public Encoding encode() {
    return vae.encode(images.get(turn()));
  }

  /** One batch of latent vectors through the decoder, [B, C, H, W]. */
  public HostTensor decode() {
    return vae.decode(latents.get(turn()));
  }

  private int turn() {
    int turn = next;
    next = (next + 1) % images.size();
    return turn;
  }

  @Override
  public void close() {
    step.close();
  }
}

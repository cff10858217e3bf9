package io.github.jvae.bench.compare;

import io.github.jvae.Vae;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Latency;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.speed.Pace;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times what a trained model is used for: encoding, decoding, sampling, one image at a time. */
final class TimedUse {
  private static final int FEWEST_CALLS = 50;
  private static final int MOST_CALLS = 5000;
  private static final int WARM_UP_CALLS = 20;
  private static final double WARM_UP_SHARE = 0.25;

  private final Vae vae;
  private final HostTensor images;
  private final double seconds;

  /** @param seconds how long each use is timed */
  TimedUse(Vae vae, Examples test, TrainingOptions options, double seconds) {
    this.vae = vae;
    this.images = Batches.of(test, Math.min(options.batchSize(), test.size()))
        .transformed(options.transforms(), Pass.test(options.seed()))
        .iterator()
        .next()
        .x();
    this.seconds = seconds;
  }

  Inference measure() {
    int batch = images.shape().dimension(0);
    HostTensor latents = vae.encode(images).mean();
    return new Inference(
        imagesPerSecond(() -> vae.encode(images)),
        imagesPerSecond(() -> vae.decode(latents)),
        imagesPerSecond(() -> vae.sample(batch, 1)),
        latency());
  }

  private Spread imagesPerSecond(Runnable use) {
    Pace.of(use, seconds * WARM_UP_SHARE, System::nanoTime);
    Pace pace = Pace.of(use, seconds, System::nanoTime);
    int batch = images.shape().dimension(0);
    return new Spread(pace.median() * batch, pace.min() * batch, pace.max() * batch);
  }

  private Latency latency() {
    HostTensor one = images.rows(0, 1);
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      vae.reconstruct(one);
    }
    List<Double> millis = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (millis.size() < FEWEST_CALLS
        || (System.nanoTime() < end && millis.size() < MOST_CALLS)) {
      long start = System.nanoTime();
      vae.reconstruct(one);
      millis.add((System.nanoTime() - start) * 1e-6);
    }
    Collections.sort(millis);
    return new Latency(percentile(millis, 0.5), percentile(millis, 0.99));
  }

  /**
   * Returns a percentile by nearest rank: the least value that so large a share does not exceed.
   */
  private static double percentile(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}

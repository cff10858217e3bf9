package io.github.jvae.bench.sweep;

import io.github.jvae.bench.speed.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is timed, and how.
 *
 * @param workload the model
 * @param backend the engine's name
 * @param batch images per call
 * @param latent the extent of the latent vector; null for the workload's own
 * @param threads processor threads for one operation; null leaves it to the engine
 * @param device where the engine computes; null leaves it to the engine
 * @param precision of matrix products, as it is typed
 * @param seconds how long the training step is timed
 */
public record SpeedSetting(
    Workload workload,
    String backend,
    int batch,
    @Nullable Integer latent,
    @Nullable Integer threads,
    @Nullable String device,
    String precision,
    double seconds) {

  /** The command that times it, as it is typed after {@code vae}. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(
        "speed",
        "--json",
        "--quiet",
        "--workload",
        workload.text(),
        "--backend",
        backend,
        "--batch",
        Integer.toString(batch),
        "--precision",
        precision,
        "--seconds",
        Double.toString(seconds)));
    if (latent != null) {
      arguments.addAll(List.of("--latent", latent.toString()));
    }
    if (threads != null) {
      arguments.addAll(List.of("--threads", threads.toString()));
    }
    if (device != null) {
      arguments.addAll(List.of("--device", device));
    }
    return arguments;
  }

  /** Returns the same on another engine. */
  public SpeedSetting withBackend(String name) {
    return new SpeedSetting(workload, name, batch, latent, threads, device, precision, seconds);
  }

  /** Returns the same with another batch size. */
  public SpeedSetting withBatch(int images) {
    return new SpeedSetting(workload, backend, images, latent, threads, device, precision, seconds);
  }

  /** Returns the same with another latent size. */
  public SpeedSetting withLatent(int size) {
    return new SpeedSetting(workload, backend, batch, size, threads, device, precision, seconds);
  }

  /** Returns the same with another number of threads. */
  public SpeedSetting withThreads(int count) {
    return new SpeedSetting(workload, backend, batch, latent, count, device, precision, seconds);
  }
}

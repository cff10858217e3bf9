package io.github.jvae;

import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.Precision;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.JvaeVersion;
import io.github.jvae.train.TrainingOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a model was made: the {@code provenance} part of a model folder's {@code config.json}.
 *
 * @param backend what computed
 * @param java the version of Java
 * @param jvae the version of jvae
 * @param saved when the model was saved
 * @param data what it was trained on; null if it was not, or nothing is known of them
 * @param precision of matrix products
 * @param training how it was trained; null if it was not
 */
public record Provenance(
    BackendInfo backend,
    String java,
    String jvae,
    Instant saved,
    @Nullable TrainingData data,
    Precision precision,
    @Nullable TrainingOptions training) {

  /** Returns the provenance of a model that is saved now, by this program. */
  static Provenance now(
      BackendInfo backend,
      @Nullable TrainingData data,
      Precision precision,
      @Nullable TrainingOptions training) {
    return new Provenance(
        backend,
        Runtime.version().toString(),
        JvaeVersion.current(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        data,
        precision,
        training);
  }

  /** Returns the part of {@code config.json}. */
  public Options toOptions() {
    Options options = Options.none()
        .with("backend", backend.name())
        .with("engine", backend.engine())
        .with("binding", backend.binding())
        .with("device", backend.device())
        .with("java", java)
        .with("jvae", jvae)
        .with("saved", saved.toString());
    options = data == null ? options : options.with("data", data.toOptions());
    options = training == null ? options : options.with("seed", training.seed());
    options = options.with("precision", precision.name());
    return training == null ? options : options.with("options", training.toOptions());
  }
}

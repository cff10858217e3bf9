package io.github.jvae.bench.compare;

import io.github.jvae.Vae;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.bench.compare.MeasuringEvent.Drawn;
import io.github.jvae.bench.compare.MeasuringEvent.Ended;
import io.github.jvae.bench.compare.MeasuringEvent.Phase;
import io.github.jvae.bench.compare.MeasuringEvent.Started;
import io.github.jvae.bench.compare.MeasuringEvent.Tested;
import io.github.jvae.bench.compare.MeasuringEvent.Used;
import io.github.jvae.bench.compare.results.BackendResult.Quality;
import io.github.jvae.bench.training.ProcessMemory;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.data.DataParts;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one process of a comparison does: trains the model on its engine, then uses it, and tells
 * everything it measures as it goes.
 */
public final class EngineMeasurement {
  /** The model's folder in the engine's. */
  static final String MODEL = "model";

  private final ComparisonPlan plan;
  private final BackendModule backend;
  private final Consumer<MeasuringEvent> events;
  private final Runnable pause;

  /**
   * @param events told what is measured
   * @param pause gives others their turn
   */
  public EngineMeasurement(
      ComparisonPlan plan, BackendModule backend, Consumer<MeasuringEvent> events, Runnable pause) {
    this.plan = plan;
    this.backend = backend;
    this.events = events;
    this.pause = pause;
  }

  /**
   * Measures, in this process.
   *
   * @param launched when the process was launched, milliseconds since the epoch
   * @param folder where the trained model and its pictures go, and then the model is judged as
   *     well; null where only time is to be measured
   */
  public void run(long launched, @Nullable Path folder) {
    long start = System.nanoTime();
    DataParts data = plan.open();
    double reading = secondsSince(start);
    events.accept(new Phase("data", reading));
    try (Vae vae = plan.build(backend, data)) {
      BackendInfo info = vae.backend();
      events.accept(new Started(
          info.engine(),
          info.binding(),
          info.device(),
          vae.parameterCount(),
          // The clock may be set back meanwhile.
          Math.max(0, System.currentTimeMillis() - launched - reading * 1000)));
      try (TimedTraining training = new TimedTraining(plan, vae, data, events, pause)) {
        training.run(folder != null);
      }
      if (folder != null) {
        test(vae, data);
      }
      phase(
          "use",
          () -> events.accept(
              new Used(new TimedUse(vae, data.test(), plan.options(), plan.seconds()).measure())));
      if (folder != null) {
        events.accept(new Drawn(new ModelPictures(vae, data.test(), plan.options()).draw(folder)));
        vae.save(folder.resolve(MODEL), provenance(data));
      }
    }
    events.accept(new Ended(ProcessMemory.peakMebibytes()));
  }

  private void test(Vae vae, DataParts data) {
    phase("test", () -> {
      Metrics metrics = vae.evaluate(
          data.test(),
          plan.options().batchSize(),
          plan.options().transforms(),
          plan.options().seed());
      events.accept(new Tested(new Quality(
          metrics.elbo(), metrics.elboStandardError(), metrics.logLikelihood(), metrics.kl())));
    });
  }

  private void phase(String name, Runnable work) {
    long start = System.nanoTime();
    work.run();
    events.accept(new Phase(name, secondsSince(start)));
  }

  private Options provenance(DataParts data) {
    return TrainingRecord.of(data, plan.data(), plan.limit(), plan.options(), plan.precision())
        .withOutputBias(plan.outputBiasOfData())
        .toOptions();
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) * 1e-9;
  }
}

package io.github.jvae.train;

import io.github.jvae.backend.GradientNorm;
import io.github.jvae.checkpoint.HistoryFile;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.Map;

/**
 * Writes what happens as JSON lines: one for each epoch, and one for every so many steps. Numbers
 * are in nats per example. Where the optimizer has limits, each line tells of the gradients: their
 * norm, and of an epoch its mean, the greatest, and how many steps were skipped.
 */
public final class HistoryListener implements TrainingListener {
  /** What is added to the name of a part of the data for what the averaged weights give there. */
  public static final String AVERAGE = "_average";

  private final HistoryFile file;
  private final int everySteps;

  /**
   * @param file where the lines go
   * @param everySteps steps between two lines of steps; 0 for lines of epochs only
   */
  public HistoryListener(HistoryFile file, int everySteps) {
    this.file = file;
    this.everySteps = everySteps;
  }

  /** Lines of steps after the one training starts from belong to a run that was cut off. */
  @Override
  public void started(TrainingRun run) {
    file.truncateAfter(run.step());
  }

  @Override
  public void stepped(TrainingRun run, StepReport report) {
    if (everySteps > 0 && report.step() % everySteps == 0) {
      Options line = Options.none()
          .with("step", report.step())
          .with("learning_rate", report.learningRate())
          .with(numbers(report.schedules()))
          .with("loss", report.loss())
          .with(numbers(report.terms()));
      for (int place = 0; place < report.gradients().size(); place++) {
        GradientNorm norm = report.gradients().get(place);
        line = line.with(EpochSums.owner(place) + EpochSums.NORM, norm.value());
        line = norm.skipped() ? line.with(EpochSums.owner(place) + "skipped", true) : line;
      }
      file.append(line);
    }
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    Options line = Options.none()
        .with("step", report.step())
        .with("epoch", report.epoch())
        .with("seconds", report.seconds())
        .with("images_per_second", report.imagesPerSecond())
        .with("train", Options.none().with("loss", report.loss()).with(numbers(report.terms())));
    Metrics validation = report.validation();
    Metrics average = report.average();
    String part = run.selectedOn().toString();
    line = validation == null ? line : line.with(part, numbers(validation));
    for (int place = 0; place < report.gradients().size(); place++) {
      EpochGradients gradients = report.gradients().get(place);
      String owner = EpochSums.owner(place);
      line = line.with(owner + EpochSums.NORM, gradients.meanNorm())
          .with(owner + EpochSums.GREATEST, gradients.greatestNorm())
          .with(owner + EpochSums.SKIPPED, gradients.skipped());
    }
    file.append(average == null ? line : line.with(part + AVERAGE, numbers(average)));
  }

  private static Options numbers(Metrics metrics) {
    // Of one image there is none, and JSON has no word for that but null.
    double error = metrics.elboStandardError();
    return Options.none()
        .with("elbo", metrics.elbo())
        .with(
            "elbo_standard_error",
            Double.isNaN(error) ? OptionValue.Nothing.NOTHING : OptionValue.of(error))
        .with("log_likelihood", metrics.logLikelihood())
        .with("kl", metrics.kl())
        .with(numbers(metrics.terms()));
  }

  private static Options numbers(Map<String, Double> values) {
    Options numbers = Options.none();
    for (Map.Entry<String, Double> value : values.entrySet()) {
      numbers = numbers.with(value.getKey(), value.getValue().doubleValue());
    }
    return numbers;
  }
}

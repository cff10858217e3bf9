package io.github.jvae.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.checkpoint.HistoryFile;
import io.github.jvae.checkpoint.JsonFile;
import io.github.jvae.evaluate.Metrics;
import java.util.Map;

/**
 * Writes what happens as JSON lines: one for each epoch, and one for every so many steps. Numbers
 * are in nats per example.
 */
public final class HistoryListener implements TrainingListener {
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
      ObjectNode line = JsonFile.object();
      line.put("step", report.step());
      line.put("learning_rate", report.learningRate());
      report.schedules().forEach(line::put);
      line.put("loss", report.loss());
      report.terms().forEach(line::put);
      file.append(line);
    }
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    ObjectNode line = JsonFile.object();
    line.put("step", report.step());
    line.put("epoch", report.epoch());
    line.put("seconds", report.seconds());
    line.put("images_per_second", report.imagesPerSecond());
    putAll(line.putObject("train").put("loss", report.loss()), report.terms());
    Metrics validation = report.validation();
    if (validation != null) {
      ObjectNode test = line.putObject("test");
      test.put("elbo", validation.elbo());
      // Of one image there is none, and JSON has no word for that but null.
      double error = validation.elboStandardError();
      test.put("elbo_standard_error", Double.isNaN(error) ? null : (Double) error);
      test.put("log_likelihood", validation.logLikelihood());
      test.put("kl", validation.kl());
    }
    file.append(line);
  }

  private static void putAll(ObjectNode target, Map<String, Double> values) {
    values.forEach(target::put);
  }
}

package io.github.jvae.bench.console;

import io.github.jvae.data.Part;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Loss;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingResult;
import io.github.jvae.train.TrainingRun;
import java.util.Locale;

/** Shows training: a bar for the epoch under way where a person watches, a line for each done. */
public final class EpochLines implements TrainingListener, AutoCloseable {
  private final Console console;
  private Bar bar = Bar.none();
  private int barOfEpoch;

  /** @param console where to say it */
  public EpochLines(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void stepped(TrainingRun run, StepReport report) {
    if (barOfEpoch != report.epoch()) {
      bar.close();
      barOfEpoch = report.epoch();
      bar = console.bar(
          "epoch " + report.epoch() + "/" + run.options().epochs(), run.stepsPerEpoch());
    }
    bar.to(report.stepInEpoch());
    double elbo = report.terms().getOrDefault(Loss.ELBO, -report.loss());
    bar.note(String.format(Locale.ROOT, "ELBO %.1f", elbo));
  }

  @Override
  public synchronized void epochEnded(TrainingRun run, EpochReport report) {
    clear();
    StringBuilder line = new StringBuilder();
    line.append(format("epoch %d/%d: ", report.epoch(), run.options().epochs()));
    Double elbo = report.terms().get(Loss.ELBO);
    line.append(
        elbo == null
            ? format("train loss %.3f nats/example", report.loss())
            : format("train ELBO %.2f nats/example", elbo));
    Metrics judged = report.validation();
    if (judged != null) {
      line.append(format(
          ", %s ELBO %.2f nats/example (log-likelihood %.2f, KL %.2f)%s",
          run.selectedOn(),
          judged.elbo(),
          judged.logLikelihood(),
          judged.kl(),
          ObjectiveTermsText.of(judged)));
    }
    Metrics average = report.average();
    if (average != null) {
      line.append(format(
          " (averaged weights %.2f%s)",
          average.elbo(), report.bestAverage() ? ", their best so far" : ""));
    }
    line.append(GradientText.of(report.gradients()));
    line.append(format(", %.1f s, %.0f examples/s", report.seconds(), report.imagesPerSecond()));
    console.say(line.append(report.best() ? best(run.selectedOn()) : "").toString());
  }

  private static String best(Part selectedOn) {
    return selectedOn == Part.TEST ? ", best so far on these test examples" : ", best so far";
  }

  @Override
  public void ended(TrainingRun run, TrainingResult result) {
    close();
  }

  /** Says that training was asked to end; may come from any thread. */
  public synchronized void interrupted() {
    clear();
    if (console.drawsBars()) {
      // The terminal has put ^C where the cursor was.
      console.say("");
    }
    console.say("interrupted: training ends after the step under way; once more ends at once");
  }

  @Override
  public synchronized void close() {
    clear();
  }

  private void clear() {
    bar.close();
    bar = Bar.none();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

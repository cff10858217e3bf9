package io.github.jvae.bench.tracking;

import io.github.jvae.data.Part;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingResult;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a training in other programs while it runs. Used in this order: {@link #prepare} before an
 * engine starts, {@link #begin} before training, then as a listener of the training, then
 * {@link #end}. Closing it before its end says that training failed.
 *
 * <p>What does not work before training is an error. What does not work later is a note, and
 * training goes on.
 */
public final class Tracking implements TrainingListener, AutoCloseable {
  private final List<Tracker> trackers;
  private final List<Tracker> begun = new ArrayList<>();
  private final Queue<String> fresh = new ConcurrentLinkedQueue<>();
  private final List<String> notes = new ArrayList<>();
  private Consumer<String> hearer = sentence -> {};
  private int historySteps;
  private @Nullable StepReport lastStep;

  /** @param trackers in the order in which they begin */
  Tracking(List<Tracker> trackers) {
    this.trackers = List.copyOf(trackers);
  }

  /**
   * Tracking in these places, or in none.
   *
   * @param tensorBoard the folder for files of events; null for none
   * @param mlflow the server; null for none
   * @param environment the variables of the environment, in which users of servers stand
   * @throws io.github.jvae.error.VaeException if a variable of it is of no use
   */
  public static Tracking in(
      @Nullable Path tensorBoard, @Nullable MlflowPlace mlflow, Map<String, String> environment) {
    List<Tracker> trackers = new ArrayList<>();
    // First the one that may well not be there, so that a file is made only if it is.
    if (mlflow != null) {
      trackers.add(new MlflowRun(mlflow, environment));
    }
    if (tensorBoard != null) {
      trackers.add(new TensorBoardFolder(tensorBoard));
    }
    return new Tracking(trackers);
  }

  /**
   * Checks that folders can be written and servers answer, before anything that takes long.
   *
   * @throws io.github.jvae.error.VaeException if not
   */
  public void prepare() {
    trackers.forEach(Tracker::prepare);
  }

  /**
   * Begins to tell of a training.
   *
   * @param say told where to look at it
   * @param note told what does not work; called in the training thread only
   * @throws io.github.jvae.error.VaeException if it cannot begin
   */
  public void begin(TrackedTraining training, Consumer<String> say, Consumer<String> note) {
    hearer = note;
    historySteps = training.historySteps();
    for (Tracker tracker : trackers) {
      tracker.begin(training, say, fresh::add);
      begun.add(tracker);
    }
    tellNotes();
  }

  @Override
  public void stepped(TrainingRun run, StepReport report) {
    lastStep = report;
    if (historySteps > 0 && report.step() % historySteps == 0) {
      tell(NamedNumbers.of(report));
    }
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    tell(NamedNumbers.of(report, run.selectedOn().toString(), lastStep));
    begun.forEach(tracker -> tracker.epochEnded(report.step()));
    tellNotes();
  }

  @Override
  public void tested(TrainingRun run, Metrics test) {
    tell(NamedNumbers.of(run.step(), Part.TEST.toString(), test));
  }

  @Override
  public void ended(TrainingRun run, TrainingResult result) {
    Metrics average = result.average();
    // Where the test part chooses the best epoch, the last epoch has told it.
    if (average != null && result.selectedOn() != Part.TEST) {
      String name = NamedNumbers.averageOn(Part.TEST.toString());
      tell(NamedNumbers.of(result.steps(), name, average));
    }
  }

  private void tell(TrackedNumbers numbers) {
    begun.forEach(tracker -> tracker.numbers(numbers));
  }

  private void tellNotes() {
    for (String note = fresh.poll(); note != null; note = fresh.poll()) {
      notes.add(note);
      hearer.accept(note);
    }
  }

  /** Ends, and notes what could not be told; does nothing if it has not begun, or has ended. */
  public void end(TrainingEnd how) {
    begun.forEach(tracker -> tracker.end(how));
    begun.clear();
    tellNotes();
  }

  /** All notes so far, oldest first; a copy. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    end(TrainingEnd.FAILED);
  }
}

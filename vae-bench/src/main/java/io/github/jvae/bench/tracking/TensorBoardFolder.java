package io.github.jvae.bench.tracking;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a training in a folder for TensorBoard: its numbers, what the model makes, how its
 * posteriors lie and what it is made of. A training that goes on gets a file of its own beside the
 * earlier ones, which a reader takes as one run.
 */
final class TensorBoardFolder implements Tracker {
  private static final String CURE = "choose another with --tensorboard";

  private final Path folder;
  private final FileMaker maker;
  private @Nullable EventFile file;
  private @Nullable WatchedModel model;
  private Consumer<String> note = sentence -> {};
  private long lastStep;
  private long told;
  private long lost;

  /** Makes the file of events. */
  @FunctionalInterface
  interface FileMaker {
    /**
     * Makes it.
     *
     * @param seconds now, since 1970
     */
    EventFile make(Path folder, long seconds) throws IOException;
  }

  /** @param folder need not exist */
  TensorBoardFolder(Path folder) {
    this(folder, EventFile::create);
  }

  TensorBoardFolder(Path folder, FileMaker maker) {
    this.folder = folder;
    this.maker = maker;
  }

  @Override
  public void prepare() {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw FileFault.of(there, "is a file, and no folder for TensorBoard", CURE);
    }
    if (!Files.isWritable(there)) {
      throw new VaeException(
          "cannot write to the folder " + Quote.path(there) + ": permission denied; " + CURE);
    }
  }

  @Override
  public void begin(TrackedTraining training, Consumer<String> say, Consumer<String> hearer) {
    note = hearer;
    lastStep = training.fromStep();
    double now = seconds();
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      boolean isFirst = EventFile.in(folder).isEmpty();
      EventFile made = maker.make(folder, (long) now);
      file = made;
      made.append(EventMessage.version(now));
      if (!isFirst) {
        made.append(EventMessage.restart(now, training.fromStep() + 1));
      }
      if (!isFirst && training.fromStep() == 0) {
        note.accept(
            Quote.path(folder) + " already has events of another training, which TensorBoard"
                + " mixes with those of this one; give each training a --tensorboard folder of its own");
      }
      made.append(EventMessage.values(
          now,
          training.fromStep(),
          List.of(new SummaryValue.Start(HyperParameters.of(training.setup()), now))));
      say.accept("events: " + made.path() + "; see them with: tensorboard --logdir " + folder);
    } catch (IOException e) {
      abandon();
      throw FileFault.unwritable(folder, e, CURE);
    }
    model = new WatchedModel(training);
  }

  private void abandon() {
    EventFile begun = file;
    file = null;
    if (begun != null) {
      try (begun) {
        Files.deleteIfExists(begun.path());
      } catch (IOException e) {
        // What keeps a file from being written may keep it from being removed.
        return;
      }
    }
  }

  @Override
  public void numbers(TrackedNumbers numbers) {
    lastStep = numbers.step();
    List<SummaryValue> values = new ArrayList<>();
    numbers.values().forEach((name, value) -> values.add(new SummaryValue.Scalar(name, value)));
    append(numbers.step(), values);
  }

  @Override
  public void epochEnded(long step) {
    WatchedModel watched = model;
    if (watched == null) {
      return;
    }
    List<SummaryValue> values = new ArrayList<>();
    try {
      values.addAll(watched.distributions());
      values.addAll(watched.pictures());
    } catch (VaeException e) {
      // What fails once fails after each epoch.
      model = null;
      note.accept("TensorBoard gets no more pictures and histograms: " + e.getMessage());
    }
    append(step, values);
  }

  private void append(long step, List<SummaryValue> values) {
    EventFile target = file;
    if (target == null || values.isEmpty()) {
      return;
    }
    told++;
    try {
      target.append(EventMessage.values(seconds(), step, values));
    } catch (IOException e) {
      lost++;
      if (lost == 1) {
        note.accept(FileFault.unwritable(target.path(), e).getMessage()
            + "; training goes on, and so do the attempts to write");
      }
    }
  }

  @Override
  public void end(TrainingEnd end) {
    EventFile target = file;
    if (target == null) {
      return;
    }
    if (end != TrainingEnd.KILLED) {
      // It may go on, and what is told first of a run's end is what stays.
      append(lastStep, List.of(new SummaryValue.End(end, seconds())));
    }
    if (lost > 0) {
      note.accept(
          lost + " of " + told + " events could not be written to " + Quote.path(target.path()));
    }
    file = null;
    try {
      target.close();
    } catch (IOException e) {
      note.accept(FileFault.unwritable(target.path(), e).getMessage());
    }
  }

  private static double seconds() {
    return System.currentTimeMillis() / 1000.0;
  }
}

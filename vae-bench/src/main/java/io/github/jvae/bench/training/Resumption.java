package io.github.jvae.bench.training;

import io.github.jvae.Vae;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.Part;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training that was saved, to go on with.
 *
 * @param folder where it was saved
 * @param state where it stood
 * @param options how it was trained
 * @param record how it was made
 * @param settings what it ran on
 */
public record Resumption(
    ModelFolder folder,
    TrainingState state,
    TrainingOptions options,
    TrainingRecord record,
    RunSettings settings) {

  /**
   * Reads a folder.
   *
   * @throws VaeException if it holds no training, or one that is damaged
   */
  public static Resumption of(Path path) {
    ModelFolder folder = new ModelFolder(path);
    requireModel(path);
    Checkpoint checkpoint = folder.load();
    TrainingRecord record = TrainingRecord.in(folder, checkpoint.config());
    RunSettings made = record.settings();
    return FileFault.within(path.resolve(ModelFolder.TRAINING), () -> {
      JsonMembers training = JsonMembers.of(checkpoint.training());
      TrainingOptions options = TrainingRecord.optionsOf(training.object(TrainingState.OPTIONS));
      RunSettings settings = RunSettings.in(training.object(TrainingState.RUN)).or(made);
      return new Resumption(folder, TrainingState.of(checkpoint), options, record, settings);
    });
  }

  /**
   * Checks that there is a model at all, before the folder is looked after.
   *
   * @throws VaeException if there is none
   */
  public static void requireModel(Path path) {
    if (!new ModelFolder(path).exists()) {
      throw new VaeException(
          "cannot resume from " + Quote.path(path) + ": there is no model in it; check the path");
    }
  }

  /**
   * Where the data it was trained on are.
   *
   * @throws VaeException if that is not known
   */
  public DataPlace place() {
    Optional<DataPlace> known = DataPlace.in(folder);
    if (known.isPresent()) {
      return known.get();
    }
    String source = record.source();
    if (source == null) {
      throw new VaeException(Quote.path(folder.path())
          + " does not say where the data it was trained on are; name them with --data");
    }
    return new DataPlace(source, DataPlace.folderOf(record.origin()));
  }

  /** Whether places of this machine may be kept in its folder. */
  public boolean keepsPlaces() {
    return !DataPlace.isBest(folder);
  }

  /**
   * What differs from when it was saved, each in a sentence: its numbers will not be those of a
   * training that was never interrupted.
   *
   * @param now what it goes on with
   * @param others the parts, besides the training part, whose images are not the same
   */
  public List<String> notes(RunSettings now, List<Part> others) {
    List<String> notes = new ArrayList<>();
    List<String> differences = settings.differences(now);
    if (!differences.isEmpty()) {
      notes.add("training goes on with " + String.join(", ", differences)
          + ", so its numbers will differ from those of a training that was never interrupted");
    }
    for (Part part : others) {
      notes.add("the " + part
          + " examples are not those that training began with (their SHA-256 differs)"
          + (part == record.selectedOn() ? ", so the best epoch so far was chosen by others" : ""));
    }
    return notes;
  }

  /**
   * Checks that there is something left to do.
   *
   * @throws VaeException if all epochs are done
   */
  public void requireWork(TrainingOptions wanted) {
    if (state.epoch() >= wanted.epochs()) {
      throw new VaeException(
          "the training in " + Quote.path(folder.path()) + " has done " + state.epoch()
              + " epochs already, and " + wanted.epochs()
              + " are asked for; ask for more with --epochs");
    }
  }

  /**
   * Opens its model.
   *
   * @throws VaeException if its files do not fit its configuration
   */
  public Vae open(Vae.Builder engine) {
    Vae vae = Vae.load(folder.path(), engine);
    try {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      for (Parameter parameter : vae.runtime().parameters()) {
        shapes.put(parameter.name(), parameter.shape());
      }
      folder.requireMatchingOptimizer(TrainingState.optimizerShapes(options.optimizer(), shapes));
      return vae;
    } catch (RuntimeException | Error e) {
      vae.close();
      throw e;
    }
  }
}

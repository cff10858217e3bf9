package io.github.jvae.bench.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training that was saved, to go on with.
 *
 * @param folder where it was saved
 * @param state where it stood
 * @param options how it was trained
 * @param provenance how it was made
 */
public record Resumption(
    ModelFolder folder, TrainingState state, TrainingOptions options, Provenance provenance) {

  /**
   * Reads a folder.
   *
   * @throws VaeException if it holds no training, or one that is damaged
   */
  public static Resumption of(Path path) {
    ModelFolder folder = new ModelFolder(path);
    if (!folder.exists()) {
      throw new VaeException(
          "cannot resume from " + path + ": there is no model in it; check the path");
    }
    Checkpoint checkpoint = folder.load();
    TrainingOptions options = checkpoint.training().path("options") instanceof ObjectNode saved
        ? TrainingOptions.fromJson(saved)
        : TrainingOptions.defaults();
    return new Resumption(
        folder, TrainingState.of(checkpoint), options, Provenance.in(checkpoint.config()));
  }

  /**
   * The data set it was trained on.
   *
   * @throws VaeException if that is not known
   */
  public String source() {
    String source = provenance.source();
    if (source == null) {
      throw new VaeException(
          folder.path() + " does not say what it was trained on; name it with --data");
    }
    return source;
  }

  /**
   * Checks that there is something left to do.
   *
   * @throws VaeException if all epochs are done
   */
  public void requireWork(TrainingOptions wanted) {
    if (state.epoch() >= wanted.epochs()) {
      throw new VaeException("the training in " + folder.path() + " has done " + state.epoch()
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
      folder.requireMatchingOptimizer(TrainingState.optimizerShapes(shapes));
      return vae;
    } catch (RuntimeException | Error e) {
      vae.close();
      throw e;
    }
  }
}

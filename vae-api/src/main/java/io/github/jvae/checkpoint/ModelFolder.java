package io.github.jvae.checkpoint;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.FileException;
import io.github.jvae.error.MissingFileException;
import io.github.jvae.error.ModelFileException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Digests;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.Disk;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model as a folder.
 *
 * <table>
 * <caption>The files</caption>
 * <tr><td>{@code config.json}</td><td>what rebuilds the model, and its provenance</td></tr>
 * <tr><td>{@code model.safetensors}</td><td>the parameters, in PyTorch's names and layouts</td></tr>
 * <tr><td>{@code optimizer.safetensors}</td><td>the state of the optimizer</td></tr>
 * <tr><td>{@code training.json}</td><td>where training stands</td></tr>
 * <tr><td>{@code history.jsonl}</td><td>what happened so far, one line per entry</td></tr>
 * <tr><td>{@code best/}</td><td>the same files once more, of the best step so far</td></tr>
 * <tr><td>{@code samplers/}</td><td>the samplers that were fitted to the model's posteriors</td></tr>
 * <tr><td>{@code average/}</td><td>a model of the averaged weights of the same step, if training
 * keeps them: {@code config.json} and {@code model.safetensors}; also in {@code best/}</td></tr>
 * <tr><td>{@code local.json}</td><td>where this machine finds the data to go on with; not in
 * {@code best/}, and not to be published</td></tr>
 * </table>
 *
 * <p>A save replaces its files in one step: after a crash at any moment the folder reads as it was
 * before the save, or as it is after it, and never as a mixture. (How: the new files are made
 * complete in a sub-folder, which one rename declares valid; only then do they move to their
 * places. A reader that meets such a sub-folder, {@code .committed-save}, prefers what is in it,
 * and the next save empties it.) Other files in the folder are left alone. One thread of one
 * process writes to a folder at a time, and another that tries meanwhile is told so ({@link #own});
 * any number may read meanwhile.
 *
 * <p>People copy files between folders, and best weights next to the optimizer state of a later
 * step train on as if nothing were wrong. So a save gives its weights, optimizer state and training
 * state one identity, {@code save_id}, a digest of their content, and {@link #load} refuses files
 * whose identities differ. Weights alone ({@link #loadModel}) need none and may come from anywhere.
 */
public final class ModelFolder {
  /** What rebuilds the model. */
  public static final String CONFIG = "config.json";

  /** The parameters. */
  public static final String MODEL = "model.safetensors";

  /** The state of the optimizer. */
  public static final String OPTIMIZER = "optimizer.safetensors";

  /** Where training stands. */
  public static final String TRAINING = "training.json";

  /** What happened so far. */
  public static final String HISTORY = "history.jsonl";

  /** The folder of the best model so far, within the folder of the latest. */
  public static final String BEST = "best";

  /** The folder of the averaged weights, within the folder of those they are the average of. */
  public static final String AVERAGE = "average";

  /** Where this machine finds what it takes to go on. */
  public static final String LOCAL = "local.json";

  /** The folder of the samplers that were fitted to the model. */
  public static final String SAMPLERS = "samplers";

  private static final Set<String> FILES = Set.of(
      CONFIG,
      MODEL,
      OPTIMIZER,
      TRAINING,
      HISTORY,
      BEST,
      AVERAGE,
      LOCAL,
      SAMPLERS,
      FolderCommit.COMMITTED);

  private static final String SAVE_ID = "save_id";

  /** A writer in another process moves a save into place within milliseconds. */
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLIS = 10;

  private final Disk disk;
  private final Path path;
  private final FolderCommit commit;

  /**
   * The folder at this path, which need not exist yet.
   *
   * @param path the folder of the latest checkpoint, of the best, or of a model from elsewhere
   */
  public ModelFolder(Path path) {
    this(Disk.REAL, path);
  }

  ModelFolder(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
    this.commit = new FolderCommit(disk, path);
  }

  /** Where the folder is. */
  public Path path() {
    return path;
  }

  /** The folder of the best model so far, {@code best/} in this one. */
  public ModelFolder best() {
    return new ModelFolder(path.resolve(BEST));
  }

  /** The folder of the averaged weights, {@code average/} in this one. */
  public ModelFolder average() {
    return new ModelFolder(path.resolve(AVERAGE));
  }

  /** The history of the training in this folder. */
  public HistoryFile history() {
    return new HistoryFile(path.resolve(HISTORY));
  }

  /** Whether a file or folder of this name in a model folder is part of it, or left of a save. */
  public static boolean isPart(String name) {
    return FILES.contains(name) || isLeftover(name);
  }

  /**
   * Whether a file or folder of this name in a model folder is what a killed process leaves of a
   * save that does not count. It holds nothing that is read.
   */
  public static boolean isLeftover(String name) {
    return name.startsWith(FolderCommit.SAVING)
        || name.equals(FolderOwner.LOCK)
        || FILES.stream().anyMatch(file -> AtomicFile.isTemporary(file, name));
  }

  /** Whether there is a model: a configuration and parameters. */
  public boolean exists() {
    return commit.has(CONFIG) && commit.has(MODEL);
  }

  /** Whether there is all that {@link #load} needs. */
  public boolean isResumable() {
    return exists() && commit.has(OPTIMIZER) && commit.has(TRAINING);
  }

  /**
   * Saves all of a checkpoint, as one step; the history up to here is made durable with it.
   *
   * @throws VaeException if it cannot be written (a full disk, no permission …); the folder then
   *     reads as before. Only if the new files were complete, and moving them to their places
   *     failed, does it read as after; the message says which
   */
  public void save(Checkpoint checkpoint) {
    save(checkpoint, null);
  }

  /**
   * Saves all of a checkpoint, as {@link #save(Checkpoint)} does, and where this machine finds what
   * it takes to go on.
   *
   * @param local the content of {@code local.json}; null to leave that as it is
   * @throws VaeException as {@link #save(Checkpoint)} does
   */
  public void save(Checkpoint checkpoint, @Nullable Options local) {
    String id = saveId(checkpoint);
    Options training = checkpoint.training().with(SAVE_ID, id);
    TreeMap<String, AtomicFile.Content> files = new TreeMap<>();
    files.put(CONFIG, AtomicFile.content(JsonFile.toBytes(checkpoint.config())));
    files.put(TRAINING, AtomicFile.content(JsonFile.toBytes(training)));
    files.put(MODEL, Safetensors.content(checkpoint.model(), modelNotes(id)));
    files.put(OPTIMIZER, Safetensors.content(checkpoint.optimizer(), Map.of(SAVE_ID, id)));
    if (local != null) {
      files.put(LOCAL, AtomicFile.content(JsonFile.toBytes(local)));
    }
    replace(files, List.of());
  }

  /**
   * Saves a model alone, as one step. What an earlier checkpoint left in the folder for resumption
   * is removed, as it belongs to other weights.
   *
   * @throws VaeException as {@link #save} does
   */
  public void saveModel(SavedModel model) {
    TreeMap<String, AtomicFile.Content> files = new TreeMap<>();
    files.put(CONFIG, AtomicFile.content(JsonFile.toBytes(model.config())));
    files.put(MODEL, Safetensors.content(model.parameters(), Map.of("format", "pt")));
    replace(files, List.of(OPTIMIZER, TRAINING, LOCAL));
  }

  /**
   * Reads a checkpoint to resume from.
   *
   * @throws VaeException if a file is missing or damaged, or the files are not of the same save
   */
  public Checkpoint load() {
    return settled(this::loadOnce);
  }

  /**
   * Reads the configuration and the parameters.
   *
   * @throws VaeException if one is missing or damaged, or a parameter holds a number that is not
   *     finite: whatever is computed with it would be none either
   */
  public SavedModel loadModel() {
    SavedModel model =
        settled(() -> new SavedModel(read(CONFIG, JsonFile::read), read(MODEL, Safetensors::read)));
    model.parameters().forEach(this::requireFinite);
    return model;
  }

  private void requireFinite(String name, HostTensor tensor) {
    if (!tensor.isFinite()) {
      throw FileFault.of(
          path.resolve(MODEL),
          "holds numbers that are NaN or infinite in tensor " + Quote.of(name),
          "the training it comes from has diverged, or the file is damaged: take an earlier save");
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws VaeException if it is missing or not a JSON object; the message gives line and column
   */
  public Options loadConfig() {
    return settled(() -> read(CONFIG, JsonFile::read));
  }

  /**
   * Reads where training stands, without the weights.
   *
   * @throws VaeException if the file is missing or not a JSON object
   */
  public Options loadTraining() {
    return settled(() -> read(TRAINING, JsonFile::read));
  }

  /**
   * Reads where this machine finds what it takes to go on.
   *
   * @return nothing if the folder does not say, as one that was made elsewhere does not
   * @throws VaeException if the file is not a JSON object
   */
  public Optional<Options> loadLocal() {
    return commit.has(LOCAL)
        ? Optional.of(settled(() -> read(LOCAL, JsonFile::read)))
        : Optional.empty();
  }

  /**
   * Checks that the parameters are those of a model, by name and shape, without reading them.
   *
   * @param expected the shape of every parameter of the model
   * @throws VaeException if some are missing, unexpected or of another shape; the message lists up
   *     to five of each
   */
  public void requireMatching(Map<String, Shape> expected) {
    requireMatching(MODEL, expected);
  }

  /**
   * Checks that the state of the optimizer is that of a model, as {@link #requireMatching(Map)}
   * does with the parameters.
   *
   * @param expected the shape of every tensor of the optimizer
   * @throws VaeException as {@link #requireMatching(Map)} does
   */
  public void requireMatchingOptimizer(Map<String, Shape> expected) {
    requireMatching(OPTIMIZER, expected);
  }

  /**
   * Puts the files of a save that was interrupted into their places, if there is one. Reading does
   * not need it, and the next save does it by itself; a program that reads the files without this
   * class, such as a Python script, does need it.
   *
   * @throws VaeException if they cannot be moved
   */
  public void finishInterruptedSave() {
    if (Files.isDirectory(path)) {
      try {
        commit.finish();
      } catch (IOException e) {
        throw FileFault.unwritable(path, e);
      }
    }
  }

  private void requireMatching(String name, Map<String, Shape> expected) {
    SortedMap<String, Shape> actual =
        settled(() -> read(name, Safetensors::readHeader)).shapes();
    TensorMismatch.requireMatching(path.resolve(name), actual, expected);
  }

  /**
   * Takes the right to write to this folder, which is made if it is not there, until the result is
   * closed. A training takes it before it begins; each save takes it for itself. The thread that
   * has it may take it again.
   *
   * @throws VaeException if another thread or process has it, or the folder cannot be written
   */
  public FolderOwner own() {
    try {
      disk.createDirectories(path);
      return FolderOwner.of(path);
    } catch (IOException e) {
      throw FileFault.unwritable(path, e);
    }
  }

  private void replace(SortedMap<String, AtomicFile.Content> files, List<String> removed) {
    FolderOwner owner = own();
    try {
      history().force();
      commit.replace(files, removed);
    } catch (IOException e) {
      String state = commit.counts()
          ? "the new files are complete and count, and the next save moves them to their places"
          : "what was saved there before is as it was";
      throw new FileException(path, FileFault.unwritable(path, e).getMessage() + "; " + state, e);
    } finally {
      owner.close();
    }
  }

  private Checkpoint loadOnce() {
    Options config = read(CONFIG, JsonFile::read);
    Safetensors.Content model = read(MODEL, Safetensors::readContent);
    Safetensors.Content optimizer = read(OPTIMIZER, Safetensors::readContent);
    Options training = read(TRAINING, JsonFile::read);
    String id = training.get(SAVE_ID) instanceof OptionValue.Text text ? text.value() : "";
    requireSameSave(id, model, MODEL);
    requireSameSave(id, optimizer, OPTIMIZER);
    return new Checkpoint(config, model.tensors(), optimizer.tensors(), training.without(SAVE_ID));
  }

  private void requireSameSave(String id, Safetensors.Content content, String name) {
    if (id.isEmpty() || !id.equals(content.header().metadata().get(SAVE_ID))) {
      throw new MixedSavesException("cannot resume from "
          + Quote.path(path)
          + ": "
          + name
          + " and "
          + TRAINING
          + " are not of the same save; restore all files of one save, or train anew from"
          + " the weights alone");
    }
  }

  /**
   * Reads what may be in motion: while a writer moves a save into place, a file can be gone from
   * where it was just seen, and two files can be of two saves.
   */
  private <T> T settled(Supplier<T> reading) {
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.get();
      } catch (VaeException e) {
        boolean passing = e instanceof MixedSavesException || e instanceof MissingFileException;
        if (!passing || attempt == ATTEMPTS) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(VaeException fault) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw fault;
    }
  }

  private <T> T read(String name, Function<Path, T> reader) {
    if (commit.isRemoved(name)) {
      throw missing(name, null);
    }
    try {
      return reader.apply(commit.locate(name));
    } catch (MissingFileException e) {
      throw missing(name, e);
    }
  }

  private VaeException missing(String name, @Nullable Throwable cause) {
    String cure = name.equals(OPTIMIZER) || name.equals(TRAINING)
        ? "without it training cannot resume, but the model can be used; train anew, or restore"
            + " the file from a copy"
        : "check that the path is a model's folder";
    return FileFault.missing(path.resolve(name), cure, cause);
  }

  private static SortedMap<String, String> modelNotes(String id) {
    // Some readers of the model hubs ask for the layouts' origin: "pt" stands for PyTorch's.
    return new TreeMap<>(Map.of("format", "pt", SAVE_ID, id));
  }

  /** A digest, not a random number: the same training leaves the same files, byte for byte. */
  private static String saveId(Checkpoint checkpoint) {
    MessageDigest digest = Digests.of(Digests.SHA_256);
    digest.update(JsonFile.toBytes(checkpoint.training()));
    update(digest, checkpoint.model());
    update(digest, checkpoint.optimizer());
    return Digests.hex(digest).substring(0, 32);
  }

  private static void update(MessageDigest digest, Map<String, HostTensor> tensors) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    int step = buffer.capacity() / Float.BYTES;
    new TreeMap<>(tensors).forEach((name, tensor) -> {
      digest.update((name + tensor.shape() + "\n").getBytes(StandardCharsets.UTF_8));
      float[] data = tensor.data();
      for (int from = 0; from < data.length; from += step) {
        int count = Math.min(step, data.length - from);
        buffer.clear();
        buffer.asFloatBuffer().put(data, from, count);
        digest.update(buffer.limit(count * Float.BYTES));
      }
    });
  }

  /** Files of one folder that come from two saves. */
  private static final class MixedSavesException extends ModelFileException {
    private static final long serialVersionUID = 1L;

    MixedSavesException(String message) {
      super(message);
    }
  }
}

package io.github.jvae.onnx;

import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.onnx.internal.OnnxModel;
import io.github.jvae.onnx.internal.OnnxWriter;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.JvaeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model computes, as ONNX files for batches of any size. No engine is needed to write them.
 *
 * <table>
 * <caption>Files, each with the model's conditions among its inputs where it has any</caption>
 * <tr><th>file</th><th>inputs</th><th>outputs</th></tr>
 * <tr><td>{@code encoder.onnx}</td><td>{@code x} [batch, …]</td>
 * <td>{@code mean} [batch, L], {@code log_variance} [batch, L] where there is one</td></tr>
 * <tr><td>{@code decoder.onnx}</td><td>{@code z} [batch, L]</td>
 * <td>{@code reconstruction} [batch, …]</td></tr>
 * <tr><td>{@code reconstruct.onnx}</td><td>{@code x}</td><td>{@code reconstruction}</td></tr>
 * <tr><td>{@code prior.onnx}</td><td>{@code noise} [batch, N], standard normal</td>
 * <td>{@code z} [batch, L]</td></tr>
 * <tr><td>{@code score.onnx}</td><td>{@code x}, {@code noise} [batch, samples, N]</td>
 * <td>{@code elbo}, {@code log_likelihood}, {@code kl}, {@code importance_weighted_bound}, [batch]
 * each, in nats per example</td></tr>
 * </table>
 *
 * <p>Examples are given as the model takes them, after the transforms of its training; those, the
 * likelihood and the names of classes stand in the files' metadata, as JSON.
 */
public final class OnnxExport {
  private static final String SUFFIX = ".onnx";

  private final Map<String, byte[]> files;

  private OnnxExport(Map<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Records a saved model.
   *
   * @param model its folder
   * @throws VaeException if the folder is no model, or computes something that ONNX cannot say for
   *     batches of any size
   */
  public static OnnxExport of(Path model) {
    Options config = new ModelFolder(model).loadConfig();
    try (Vae recorded = Vae.load(model, Vae.builder().backend(new RecordingModule()))) {
      return of(recorded, config);
    }
  }

  /**
   * Records a model as it is now.
   *
   * @throws VaeException if it computes something that ONNX cannot say for batches of any size
   */
  public static OnnxExport of(Vae model) {
    try (Vae recorded =
        Vae.builder().config(model.config()).backend(new RecordingModule()).build()) {
      recorded.runtime().backend().variables().writeAll(model.parameters());
      return of(recorded, model.folderConfig(Options.none()));
    }
  }

  private static OnnxExport of(Vae recorded, Options config) {
    String version = JvaeVersion.current();
    OnnxWriter writer = new OnnxWriter(version);
    Map<String, String> metadata = metadata(recorded.config(), config);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Map.Entry<String, OnnxModel> program :
        new ExportedPrograms(recorded.runtime()).all().entrySet()) {
      Map<String, String> words = new LinkedHashMap<>();
      words.put("jvae.version", version);
      words.put("jvae.program", program.getKey());
      words.putAll(metadata);
      files.put(program.getKey() + SUFFIX, writer.bytes(program.getValue().withMetadata(words)));
    }
    return new OnnxExport(files);
  }

  private static Map<String, String> metadata(VaeConfig model, Options config) {
    Map<String, String> words = new LinkedHashMap<>();
    Options parts = model.toOptions();
    words.put("jvae.model", JsonFile.toLine(parts));
    tell(words, "jvae.likelihood", parts.get("likelihood"));
    tell(words, "jvae.classes", parts.get("condition_classes"));
    if (config.get("provenance") instanceof Options provenance
        && provenance.get("options") instanceof Options training
        && training.get("transforms") instanceof OptionValue.Items transforms) {
      words.put(
          "jvae.preprocessing", JsonFile.toLine(Options.none().with("transforms", transforms)));
    }
    return words;
  }

  private static void tell(Map<String, String> words, String name, @Nullable OptionValue value) {
    if (value instanceof Options options) {
      words.put(name, JsonFile.toLine(options));
    }
  }

  /** Returns the files' contents by their names; copies. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> copies = new LinkedHashMap<>();
    files.forEach((name, bytes) -> copies.put(name, bytes.clone()));
    return copies;
  }

  /**
   * Writes the files: all of them, or none.
   *
   * @param folder a new or an empty one
   * @return the files
   * @throws VaeException if something is in the folder, or it cannot be written
   */
  public List<Path> write(Path folder) {
    requireEmpty(folder);
    List<Path> written = new ArrayList<>();
    try {
      files.forEach((name, bytes) -> {
        Path file = folder.resolve(name);
        AtomicFile.write(file, bytes);
        written.add(file);
      });
      return written;
    } catch (RuntimeException e) {
      written.forEach(OnnxExport::deleteQuietly);
      throw e;
    }
  }

  private static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new VaeException(
          Quote.path(folder) + " is a file; name a new or an empty folder for the export");
    }
    try (var entries = Files.list(folder)) {
      entries.findFirst().ifPresent(first -> {
        throw new VaeException(Quote.path(folder) + " is not empty, it holds "
            + Quote.bare(first.getFileName()) + "; name a new or an empty folder for the export");
      });
    } catch (IOException e) {
      throw FileFault.unreadable(folder, e);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What made it a leftover is reported.
    }
  }
}

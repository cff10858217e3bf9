package io.github.jvae.spark;

import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.SavedModel;
import io.github.jvae.error.FileException;
import io.github.jvae.internal.Digests;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Function;

/**
 * A model's folder in memory: what travels from the driver to executors and back. Immutable.
 *
 * <p>The files are those of an ordinary model folder, {@code config.json} and
 * {@code model.safetensors}.
 */
final class ModelContent implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] config;
  private final byte[] model;
  private final String digest;

  ModelContent(byte[] config, byte[] model) {
    this.config = config;
    this.model = model;
    MessageDigest sum = Digests.of(Digests.SHA_256);
    sum.update(config);
    sum.update(model);
    this.digest = Digests.hex(sum);
  }

  /**
   * Reads a model folder.
   *
   * @throws io.github.jvae.error.VaeException if it is none, or it is damaged
   */
  static ModelContent read(Path folder) {
    return of(new ModelFolder(folder).loadModel());
  }

  /** Returns a model as it would be saved. */
  static ModelContent of(SavedModel model) {
    return inTemporaryFolder(folder -> {
      new ModelFolder(folder).saveModel(model);
      try {
        return new ModelContent(
            Files.readAllBytes(folder.resolve(ModelFolder.CONFIG)),
            Files.readAllBytes(folder.resolve(ModelFolder.MODEL)));
      } catch (IOException e) {
        throw fault(folder, e);
      }
    });
  }

  /** Does something with a folder that holds this model and is gone afterwards. */
  <T> T asFolder(Function<Path, T> use) {
    return inTemporaryFolder(folder -> {
      try {
        Files.write(folder.resolve(ModelFolder.CONFIG), config);
        Files.write(folder.resolve(ModelFolder.MODEL), model);
      } catch (IOException e) {
        throw fault(folder, e);
      }
      return use.apply(folder);
    });
  }

  /** Does something with a new folder that only this user can read, and removes it. */
  static <T> T inTemporaryFolder(Function<Path, T> use) {
    Path folder;
    try {
      folder = Files.createTempDirectory("jvae-spark");
    } catch (IOException e) {
      throw fault(Path.of(System.getProperty("java.io.tmpdir", "")), e);
    }
    try {
      return use.apply(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private static FileException fault(Path folder, IOException e) {
    return new FileException(
        folder,
        "the temporary folder " + folder + " cannot be used: " + e.getMessage()
            + "; set java.io.tmpdir to one that can, with room for the model",
        e);
  }

  /** Returns the bytes of {@code config.json}. */
  byte[] config() {
    return config;
  }

  /** Returns the text of {@code config.json}. */
  String configText() {
    return new String(config, StandardCharsets.UTF_8);
  }

  /** Returns the bytes of {@code model.safetensors}. */
  byte[] model() {
    return model;
  }

  /** Returns the SHA-256 of both files, in hexadecimal. */
  String digest() {
    return digest;
  }
}

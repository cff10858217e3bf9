package io.github.jvae.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.Shapes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model folder of format 1 that {@code vae train} of version 0.1 wrote, and what that version
 * said of it. Such folders stay readable, so these files are never made anew.
 *
 * @param name the folder's name
 * @param elbo the ELBO of the test images, nats per example, in batches of 128 with seed 1
 * @param resumedLoss the mean loss of the first epoch after a resume
 */
public record GoldenFolder(String name, double elbo, double resumedLoss) {
  /** How many epochs were trained, of {@link #STEPS} steps each. */
  public static final int EPOCHS = 3;

  /** Steps of an epoch. */
  public static final int STEPS = 8;

  private static final int IMAGES = 512;
  private static final List<String> FILES = List.of(
      "config.json",
      "model.safetensors",
      "optimizer.safetensors",
      "training.json",
      "history.jsonl",
      "local.json");

  /** Returns all golden folders of the class path. */
  public static List<GoldenFolder> all() {
    try {
      List<GoldenFolder> result = new ArrayList<>();
      String names = new String(resource("index.txt"), StandardCharsets.UTF_8);
      for (String name : names.lines().toList()) {
        JsonNode said = new ObjectMapper().readTree(resource(name + ".json"));
        result.add(new GoldenFolder(
            name, said.get("elbo").doubleValue(), said.get("resumed_loss").doubleValue()));
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the images that the models were trained and evaluated on. */
  public static DataParts images() {
    return Shapes.standard().limit(IMAGES);
  }

  /** Writes the model folder into another, and returns where. */
  public Path copyInto(Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    for (String file : FILES) {
      Files.write(folder.resolve(file), resource(name + "/" + file));
    }
    return folder;
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream stream = GoldenFolder.class.getResourceAsStream("/format1/" + file)) {
      if (stream == null) {
        throw new IOException("the test jar lacks format1/" + file);
      }
      return stream.readAllBytes();
    }
  }
}

package io.github.jvae.bench.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Labels;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs where the system property {@code vae.data} names a folder with {@code digits}. */
@DisplayName("A model that is told the digit")
class ConditionalDigitsTest {
  private static final int PIXELS = 64;
  private static final int CLASSES = 10;
  private static final int EACH = 50;

  /** Grey values from 0 to 1. */
  private static ArrayExamples digits() throws IOException {
    String folder = System.getProperty("vae.data", "");
    Assumptions.assumeFalse(folder.isEmpty(), "skipped: -Dvae.data=FOLDER names no data");
    Path file = Path.of(folder, "digits", "digits.csv.gz");
    Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: there is no " + file);
    List<int[]> rows;
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      rows = reader
          .lines()
          .map(
              line -> Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray())
          .toList();
    }
    float[] pixels = new float[rows.size() * PIXELS];
    int[] labels = new int[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < PIXELS; j++) {
        pixels[i * PIXELS + j] = rows.get(i)[j] / 16f;
      }
      labels[i] = rows.get(i)[PIXELS];
    }
    return ArrayExamples.floats("digits", Shape.of(PIXELS), pixels)
        .with(Labels.of(Labels.NAME, labels, CLASSES));
  }

  /** The label of the nearest of all digits. */
  private static int nearest(ArrayExamples digits, HostTensor drawn, int index) {
    float[] known = new float[PIXELS];
    double least = Double.POSITIVE_INFINITY;
    int label = -1;
    for (int i = 0; i < digits.size(); i++) {
      digits.read(i, known, 0);
      double distance = 0;
      for (int j = 0; j < PIXELS; j++) {
        distance += Math.pow(known[j] - drawn.data()[index * PIXELS + j], 2);
      }
      if (distance < least) {
        least = distance;
        label = digits.labels().orElseThrow().label(i);
      }
    }
    return label;
  }

  @Test
  @DisplayName("draws that digit, as its nearest neighbour says of 9 in 10, and by its name")
  void draws() throws IOException {
    ArrayExamples digits = digits();
    try (Vae vae = Vae.builder()
        .backend("tensorflow")
        .threads(1)
        .example(PIXELS)
        .condition(digits.condition(Labels.NAME))
        .mlp(128)
        .latent(4)
        .likelihood(ComponentConfig.of("gaussian").with("sigma", 0.2))
        .build()) {
      vae.train(
          DataParts.split(digits, "digits"),
          TrainingOptions.defaults().withEpochs(60).withBatchSize(64));
      Map<String, HostTensor> told = vae.conditions(Map.of(Labels.NAME, "all"), CLASSES * EACH);
      HostTensor drawn = vae.inference().sample(CLASSES * EACH, 1, told);
      int[] right = new int[CLASSES];
      IntStream.range(0, CLASSES * EACH)
          .filter(i -> nearest(digits, drawn, i) == i % CLASSES)
          .forEach(i -> right[i % CLASSES]++);
      assertThat(Arrays.stream(right).sum())
          .as("right of %d of each digit: %s", EACH, Arrays.toString(right))
          .isGreaterThanOrEqualTo(CLASSES * EACH * 9 / 10);
    }
  }
}

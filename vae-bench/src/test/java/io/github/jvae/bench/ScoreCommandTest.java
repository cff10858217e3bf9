package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("vae score")
class ScoreCommandTest {
  @TempDir
  static Path shared;

  private static String model = "";

  @TempDir
  Path folder;

  @BeforeAll
  static void train() {
    model = shared.resolve("model").toString();
    assertThat(Outcome.ofTraining("--epochs", "2", "--out", model).err()).isEmpty();
  }

  private Outcome score(String file, String... more) {
    List<String> arguments = new ArrayList<>(
        List.of("score", model, "--backend", "tensorflow", "--threads", "1", "--json", "--out"));
    arguments.add(folder.resolve(file).toString());
    arguments.addAll(List.of(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private List<double[]> rows(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .skip(1)
        .map(line -> Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  @Test
  @DisplayName("writes a row for each image, with its place, label and scores")
  void rows() throws IOException {
    Outcome outcome = score("s.csv", "--samples", "3");
    assertThat(outcome.code()).isZero();
    assertThat(Files.readAllLines(folder.resolve("s.csv")).get(0))
        .isEqualTo("row,label,negative_log_likelihood,negative_elbo,negative_reconstruction");
    List<double[]> rows = rows("s.csv");
    assertThat(rows).hasSize(64);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)[0]).isEqualTo(i);
      assertThat(rows.get(i)[2]).isLessThanOrEqualTo(rows.get(i)[3]);
    }
    assertThat(outcome.json().get("images").intValue()).isEqualTo(64);
  }

  @Test
  @DisplayName("calls above the threshold what the quantile of the training images leaves")
  void threshold() throws IOException {
    Outcome outcome = score(
        "t.csv",
        "--score",
        "elbo",
        "--split",
        "train",
        "--samples",
        "2",
        "--threshold-quantile",
        "0.75");
    assertThat(outcome.err()).doesNotContain("note");
    float threshold = outcome.json().get("threshold").floatValue();
    List<double[]> rows = rows("t.csv");
    double[] scores = rows.stream().mapToDouble(row -> row[2]).sorted().toArray();
    assertThat(threshold).isEqualTo((float) scores[(int) Math.ceil(scores.length * 0.75) - 1]);
    int above = 0;
    for (double[] row : rows) {
      assertThat(row[3]).isEqualTo((float) row[2] > threshold ? 1 : 0);
      above += (int) row[3];
    }
    assertThat(above).isPositive();
    assertThat(outcome.json().get("above_threshold").intValue()).isEqualTo(above);
  }

  @Test
  @DisplayName("writes what each element adds, which is the reconstruction score in all")
  void contributions() throws IOException {
    Path csv = folder.resolve("c.csv");
    assertThat(score("s.csv", "--limit", "5", "--samples", "2", "--contributions", csv.toString())
            .code())
        .isZero();
    List<double[]> rows = rows("s.csv");
    List<double[]> elements = rows("c.csv");
    assertThat(elements).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(elements.get(i)).hasSize(1 + 3 * 32 * 32);
      double sum = Stream.of(elements.get(i)).flatMapToDouble(Arrays::stream).sum() - i;
      assertThat(sum).isCloseTo(rows.get(i)[4], within(1e-3 * Math.abs(sum)));
    }
    Path npy = folder.resolve("c.npy");
    assertThat(score("n.csv", "--limit", "5", "--samples", "2", "--contributions", npy.toString())
            .code())
        .isZero();
    assertThat(Files.size(npy)).isEqualTo(128 + 5 * 3 * 32 * 32 * 4);
  }

  @Test
  @DisplayName(
      "tells AUROC and average precision of classes and of a second data set, as counted in"
          + " the file")
  void detection() throws IOException {
    JsonNode json = score("a.csv", "--samples", "2", "--anomalous", "circle,2").json();
    JsonNode found = json.get("detection").get("elbo");
    List<double[]> rows = rows("a.csv");
    double pairs = 0;
    long anomalies = rows.stream().filter(row -> row[1] == 0 || row[1] == 2).count();
    for (double[] anomaly : rows) {
      for (double[] usual : rows) {
        boolean pair = (anomaly[1] == 0 || anomaly[1] == 2) && usual[1] != 0 && usual[1] != 2;
        pairs += !pair ? 0 : anomaly[3] > usual[3] ? 1 : anomaly[3] == usual[3] ? 0.5 : 0;
      }
    }
    assertThat(found.get("anomalies").intValue()).isEqualTo((int) anomalies);
    assertThat(found.get("auroc").doubleValue())
        .isCloseTo(pairs / anomalies / (rows.size() - anomalies), within(1e-12));

    JsonNode same = score(
            "b.csv", "--data", "shapes", "--limit", "64", "--samples", "2", "--normal", "shapes")
        .json();
    assertThat(same.get("detection").get("elbo").get("auroc").doubleValue()).isEqualTo(0.5);
    assertThat(same.get("detection").get("elbo").get("normals").intValue()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples 0 | 2 | must be a whole number from 1 to 100000, not '0'",
        "--samples -1 | 2 | must be a whole number from 1 to 100000, not '-1'",
        "--score luck | 2 | must be all or some of log-likelihood, elbo, reconstruction, not 'luck'",
        "--score elbo, | 2 | must be all or some of",
        "--threshold-quantile 1 | 2 | --threshold-quantile must be above 0 and below 1, not 1.0",
        "--threshold-quantile 0 | 2 | --threshold-quantile must be above 0 and below 1, not 0.0",
        "--threshold-quantile NaN | 2 | --threshold-quantile must be above 0 and below 1, not NaN",
        "--against test | 2 | '--against'",
        "--anomalous nose | 1 | condition 'label' has no class 'nose'; the classes are",
        "--anomalous circle --normal shapes | 2 | give one",
        "--contributions c.txt | 2 | --contributions must end in .csv or .npy",
        "--resume --contributions c.npy | 2 | cannot be resumed",
        "--resume | 1 | so leave --resume out",
      })
  @DisplayName("tells bad input in one line, and leaves no file")
  void badInput(String typed, int code, String told) {
    Outcome outcome = score("bad.csv", typed.split(" "));
    assertThat(outcome.err()).startsWith("vae score: ").contains(told).hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("tells in one line of images of another size, of labels that are not there, and of a"
      + " file that cannot be written")
  void badData() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < 12; i++) {
      ImageIO.write(
          new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
          "png",
          images.resolve(i + ".png").toFile());
    }
    assertThat(score("s.csv", "--data", images.toString()).err())
        .contains("[3, 8, 8]", "but the model takes [3, 32, 32]")
        .hasLineCount(1);
    assertThat(score("s.csv", "--data", images.toString(), "--anomalous", "1").err())
        .contains("have no labels; leave it out, or name the normal examples with --normal")
        .hasLineCount(1);
    assertThat(score("images").err()).contains("is a folder; name a file in it").hasLineCount(1);
    assertThat(score("images/0.png/s.csv").err()).contains("cannot write").hasLineCount(1);
    assertThat(folder.toFile().list()).containsExactly("images");
  }
}

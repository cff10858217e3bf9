package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.checkpoint.ModelFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands that use a saved model")
class ModelCommandsTest {
  /** A tile of a 32 x 32 image, enlarged twice, with its gutter. */
  private static final int TILE = 66;

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

  @Test
  void sampleDrawsAGridOfImages() throws IOException {
    Path file = folder.resolve("samples.png");
    Outcome outcome = Outcome.of(
        "sample",
        model,
        "--backend",
        "tensorflow",
        "--count",
        "6",
        "--columns",
        "3",
        "--out",
        file.toString(),
        "--json");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.json().get("count").intValue()).isEqualTo(6);
    assertSize(file, 3, 2);
  }

  @Test
  void sampleSaysThatItLooksAtNoData() {
    String file = folder.resolve("samples.png").toString();
    Outcome outcome =
        Outcome.of("sample", model, "--backend", "tensorflow", "--data", "none", "--out", file);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).startsWith("note: --data is not looked at").hasLineCount(1);
  }

  @Test
  void sampleWithPixelNoiseIsAnotherPictureAndFollowsFromTheSeed() throws IOException {
    assertThat(sample("a.png")).isEqualTo(sample("b.png"));
    assertThat(sample("a.png", "--seed", "2")).isNotEqualTo(sample("b.png"));
    assertThat(sample("a.png", "--pixel-noise")).isNotEqualTo(sample("b.png"));
  }

  private byte[] sample(String name, String... more) throws IOException {
    String file = folder.resolve(name).toString();
    String[] arguments = Stream.concat(
            Stream.of("sample", model, "--backend", "tensorflow", "--count", "4", "--out", file),
            Stream.of(more))
        .toArray(String[]::new);
    assertThat(Outcome.of(arguments).code()).isZero();
    return Files.readAllBytes(Path.of(file));
  }

  @Test
  void reconstructShowsInputsOverOutputs() throws IOException {
    Path file = folder.resolve("r.png");
    Outcome outcome = Outcome.of(
        "reconstruct",
        model,
        "--backend",
        "tensorflow",
        "--count",
        "10",
        "--columns",
        "5",
        "--out",
        file.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("10 images of shapes over their reconstructions");
    assertSize(file, 5, 4);
  }

  @Test
  void interpolateShowsOneRowForAPairAndSeveralForRandomOnes() throws IOException {
    Path file = folder.resolve("i.png");
    assertThat(Outcome.of(
                "interpolate",
                model,
                "--backend",
                "tensorflow",
                "--from",
                "0",
                "--to",
                "5",
                "--steps",
                "4",
                "--out",
                file.toString())
            .code())
        .isZero();
    assertSize(file, 4, 1);
    assertThat(Outcome.of(
                "interpolate",
                model,
                "--backend",
                "tensorflow",
                "--rows",
                "3",
                "--spherical",
                "--out",
                file.toString())
            .code())
        .isZero();
    assertSize(file, 8, 3);
  }

  @Test
  void interpolateStaysOnASphereWhereLatentVectorsLieOnOne() {
    Path sphere = folder.resolve("sphere");
    assertThat(Outcome.ofTraining(
                "--epochs",
                "1",
                "--posterior",
                "von-mises-fisher",
                "--prior",
                "hyperspherical-uniform",
                "--out",
                sphere.toString())
            .code())
        .isZero();
    String[] arguments = {"interpolate", model, "--backend", "tensorflow", "--out", "PICTURE"};
    arguments[5] = folder.resolve("path.png").toString();
    assertThat(Outcome.of(arguments).out()).contains("along a line");
    arguments[1] = sphere.toString();
    assertThat(Outcome.of(arguments).out()).contains("along an arc");
  }

  @Test
  void encodeWritesLabelFactorsMeansAndLogVariancesAsCsv() throws IOException {
    Path file = folder.resolve("e.csv");
    Outcome outcome = Outcome.of(
        "encode", model, "--backend", "tensorflow", "--batch-size", "10", "--out", file.toString());
    assertThat(outcome.err()).isEmpty();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(65);
    assertThat(lines.get(0))
        .isEqualTo(
            "row,label,shape,x,y,size,rotation,hue,mean_0,mean_1,log_variance_0,log_variance_1");
    for (int i = 1; i < lines.size(); i++) {
      assertThat(lines.get(i).split(",", -1)).hasSize(12).startsWith(Integer.toString(i - 1));
    }
  }

  @Test
  void encodeWritesWhatIsKnownAndAPictureBeside() throws IOException {
    Path csv = folder.resolve("e.csv");
    Path known = folder.resolve("known.csv");
    Path picture = folder.resolve("latent.png");
    Outcome outcome = Outcome.of(
        "encode",
        model,
        "--backend",
        "tensorflow",
        "--out",
        csv.toString(),
        "--known",
        known.toString(),
        "--picture",
        picture.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("the means of 64 examples, in the plane", "of the variance");
    List<String> all = Files.readAllLines(csv);
    List<String> beside = Files.readAllLines(known);
    assertThat(beside.get(0)).isEqualTo("row,label,shape,x,y,size,rotation,hue");
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).startsWith(beside.get(i) + ",");
    }
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(2 * (720 + 40));
  }

  @Test
  void encodeWritesTheSameNumbersAsNpy() throws IOException {
    Path csv = folder.resolve("e.csv");
    Path npy = folder.resolve("e.npy");
    for (Path file : List.of(csv, npy)) {
      assertThat(Outcome.of(
                  "encode",
                  model,
                  "--backend",
                  "tensorflow",
                  "--split",
                  "train",
                  "--out",
                  file.toString())
              .code())
          .isZero();
    }
    byte[] bytes = Files.readAllBytes(npy);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("'shape': (58, 2, 2)");
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    numbers.position(bytes.length - 58 * 4 * Float.BYTES);
    for (String line : Files.readAllLines(csv).subList(1, 59)) {
      String[] cells = line.split(",", -1);
      for (int i = 8; i < 12; i++) {
        assertThat(numbers.getFloat()).isEqualTo(Float.parseFloat(cells[i]));
      }
    }
  }

  @Test
  void evaluateRepeatsWhatTrainingFoundWhateverTheBatchSize() throws IOException {
    JsonNode found = JsonTree.config(new ModelFolder(Path.of(model))).at("/provenance/test");
    Outcome outcome =
        Outcome.of("evaluate", model, "--backend", "tensorflow", "--batch-size", "9", "--json");
    JsonNode json = outcome.json();
    // Of batches of another size an engine may round the last digit otherwise.
    assertThat(json.get("elbo").doubleValue())
        .isCloseTo(found.get("elbo").doubleValue(), withinPercentage(1e-5));
    assertThat(json.get("images").intValue()).isEqualTo(64);
    assertThat(json.get("binarization").textValue()).isEqualTo("none");
    assertThat(json.get("bits_per_dim").isNull()).isTrue();
    assertThat(Outcome.of("evaluate", model, "--backend", "tensorflow").out())
        .containsPattern("ELBO +-?[0-9.]+ nats/example");
  }

  private static JsonNode estimates(String backend) throws IOException {
    Outcome outcome =
        Outcome.of("evaluate", model, "--backend", backend, "--samples", "7", "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json();
  }

  @Test
  void evaluateEstimatesTheMarginalLikelihoodAlikeOnEveryEngine() throws IOException {
    JsonNode expected = estimates("tensorflow");
    double elbo = expected.get("elbo_sampled_form").doubleValue();
    assertThat(expected.get("marginal_log_likelihood").doubleValue()).isGreaterThan(elbo - 1);
    assertThat(expected.get("effective_sample_size").doubleValue()).isBetween(1.0, 7.0);
    assertThat(expected.get("draws_per_second").doubleValue()).isPositive();
    assertThat(expected.get("kl_per_dimension")).hasSize(2);
    assertThat(expected.get("dequantized_bits_per_dim").isNumber()).isTrue();
    assertThat(expected.get("bits_per_dim").isNull()).isTrue();
    for (String backend : new String[] {"djl", "nd4j"}) {
      JsonNode found = estimates(backend);
      for (String name : new String[] {
        "elbo",
        "elbo_sampled_form",
        "marginal_log_likelihood",
        "prior_sampling_log_likelihood",
        "dequantized_bits_per_dim",
        "reconstruction_mse",
        "reconstruction_ssim"
      }) {
        double truth = expected.get(name).doubleValue();
        assertThat(found.get(name).doubleValue())
            .as(backend + " " + name)
            .isCloseTo(truth, within(1e-4 * Math.abs(truth)));
      }
    }
  }

  @Test
  void evaluateRefusesTooManyOrNoDraws() {
    for (String samples : new String[] {"0", "-5", "100001", "many"}) {
      Outcome outcome = Outcome.of("evaluate", model, "--samples", samples);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err()).contains("--samples").hasLineCount(1);
    }
  }

  @Test
  void explainShowsBoundsThatTightenAndAPicture() throws IOException {
    Path file = folder.resolve("bound.png");
    Outcome outcome = Outcome.of(
        "explain",
        model,
        "--backend",
        "nd4j",
        "--index",
        "3",
        "--count",
        "2",
        "--repeat",
        "3",
        "--out",
        file.toString(),
        "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode json = outcome.json();
    JsonNode bounds = json.get("importance_weighted");
    assertThat(bounds.findValuesAsText("draws")).containsExactly("1", "10", "100", "1000");
    assertThat(bounds.get(3).get("mean").doubleValue())
        .isGreaterThan(bounds.get(0).get("mean").doubleValue());
    assertThat(json.get("elbo").doubleValue())
        .isCloseTo(
            json.get("log_likelihood").doubleValue() - json.get("kl").doubleValue(), within(0.1));
    assertThat(outcome.err()).contains("prior sampling", "ELBO = log-likelihood - KL", "gap");
    assertThat(ImageIO.read(file.toFile())).isNotNull();
    Outcome refused = Outcome.of("explain", model, "--index", "9999");
    assertThat(refused.err()).contains("--index 9999 is not there").hasLineCount(1);
    assertThat(Outcome.of("explain", model, "--repeat", "1").err())
        .contains("must be a whole number from 2 to 100000, not '1'")
        .hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskIsToldInOneLine() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));
    Outcome outcome =
        Outcome.of("sample", model, "--backend", "tensorflow", "--out", full.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("/dev/full", "free some space").hasLineCount(1);
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  @Test
  void aPathBelowAFileIsToldInOneLineAndNothingIsLeft() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    Outcome outcome = Outcome.of(
        "sample",
        model,
        "--backend",
        "tensorflow",
        "--out",
        folder.resolve("file/samples.png").toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("is a file, not a folder").hasLineCount(1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aMissingATruncatedAndAnUnfittingModelAreToldInOneLine() throws IOException {
    assertRefused(folder.resolve("none"), "config.json", "check that the path");
    Path cut = copy("cut");
    byte[] weights = Files.readAllBytes(cut.resolve(ModelFolder.MODEL));
    Files.write(cut.resolve(ModelFolder.MODEL), Arrays.copyOf(weights, weights.length / 2));
    assertRefused(cut, "model.safetensors", "cut short");
    Path other = copy("other");
    Path config = other.resolve(ModelFolder.CONFIG);
    Files.writeString(config, Files.readString(config).replace("\"latent\": 2", "\"latent\": 3"));
    assertRefused(other, "of another shape");
    Path garbled = copy("garbled");
    Files.writeString(garbled.resolve(ModelFolder.CONFIG), "{\"model\":");
    assertRefused(garbled, "invalid JSON at line 1");
  }

  private void assertRefused(Path path, String... words) {
    Path picture = folder.resolve("x.png");
    Outcome outcome = Outcome.of(
        "sample", path.toString(), "--backend", "tensorflow", "--out", picture.toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("vae sample: ").contains(words).hasLineCount(1);
    assertThat(picture).doesNotExist();
  }

  private Path copy(String name) throws IOException {
    Path target = Files.createDirectory(folder.resolve(name));
    for (String file : List.of(ModelFolder.CONFIG, ModelFolder.MODEL)) {
      Files.copy(Path.of(model, file), target.resolve(file));
    }
    return target;
  }

  @Test
  void imagesOfAnotherSizeAreRefused() throws IOException {
    Path images = Files.createDirectory(folder.resolve("small"));
    for (String name : List.of("a.png", "b.png")) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", images.resolve(name).toFile());
    }
    for (String command : List.of("reconstruct", "interpolate", "encode", "evaluate")) {
      Stream<String> arguments =
          Stream.of(command, model, "--backend", "tensorflow", "--data", images.toString());
      Stream<String> out = command.equals("evaluate")
          ? Stream.empty()
          : Stream.of("--out", folder.resolve("x.csv").toString());
      Outcome outcome = Outcome.of(Stream.concat(arguments, out).toArray(String[]::new));
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err()).contains("[3, 8, 8]", "[3, 32, 32]").hasLineCount(1);
    }
  }

  @Test
  void optionsThatMakeNoSenseAreUsageFaults() {
    String out = folder.resolve("x.png").toString();
    assertUsage(
        "--out must end in", "encode", model, "--out", folder.resolve("x.txt").toString());
    assertUsage("--steps", "interpolate", model, "--steps", "1", "--out", out);
    assertUsage("go together", "interpolate", model, "--from", "1", "--out", out);
    assertUsage("'--count'", "sample", model, "--count", "0", "--out", out);
    assertUsage("--count", "sample", model, "--count", "1000000", "--out", out);
    assertUsage("--out", "sample", model);
    assertUsage("MODEL", "sample", "--out", out);
    assertUsage("'--split'", "evaluate", model, "--split", "other");
    Outcome outcome = Outcome.of(
        "interpolate", model, "--backend", "tensorflow", "--from", "0", "--to", "64", "--out", out);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("--to 64", "0 to 63");
  }

  private static void assertUsage(String word, String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains(word).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  private static void assertSize(Path picture, int columns, int rows) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(columns * TILE + 2);
    assertThat(image.getHeight()).isEqualTo(rows * TILE + 2);
  }
}

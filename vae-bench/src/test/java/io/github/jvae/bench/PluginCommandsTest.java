package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.compatibility.PluginJar;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Components that jvae does not ship, from a jar on the class path. */
@DisplayName("A plugin's components, by the command line")
class PluginCommandsTest {
  @TempDir
  Path folder;

  private ClassLoader before = Thread.currentThread().getContextClassLoader();

  @SuppressWarnings("NullAway.Init")
  private PluginJar jar;

  @BeforeEach
  void addJar() throws IOException {
    jar = PluginJar.pack(folder);
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(jar.loader());
  }

  @AfterEach
  void removeJar() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    jar.close();
  }

  static Stream<Arguments> models() {
    Stream<String> flags = Stream.of(
        "--arch mlp --hidden 16 --prior bounded-vamp --prior.components 4",
        "--arch mlp --hidden 16 --posterior shared-planar --posterior.maps 2",
        "--arch mlp --hidden 16 --condition label --prior label",
        "--arch mlp --hidden 16 --model two-levels --model.upper 2",
        "--data table --latent 2 --likelihood binary-columns --likelihood.binary 2",
        "--arch mlp --hidden 16 --encoder residual --encoder.width 8",
        "--arch mlp --hidden 16 --prior bounded-vamp --optimizer adamw --weight-decay 0.1");
    return flags.flatMap(
        line -> EveryBackendTest.backends().stream().map(backend -> Arguments.of(backend, line)));
  }

  private Outcome train(String backend, Path out, String epochs, String flags) {
    return Outcome.of(Stream.concat(
            Stream.of("train", "--backend", backend, "--threads", "1", "--limit", "40"),
            Stream.concat(
                Stream.of("--batch-size", "16", "--epochs", epochs, "--out", out.toString()),
                Arrays.stream(flags.split(" ", -1))))
        .toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("models")
  @DisplayName("are trained, saved, evaluated and resumed exactly")
  void used(String backend, String flags) throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    assertThat(train(backend, whole, "2", flags).err()).isEmpty();
    assertThat(train(backend, parts, "1", flags).err()).isEmpty();
    Outcome resumed = Outcome.of("train", "--resume", parts.toString(), "--epochs", "2");
    assertThat(resumed.err()).isEmpty();
    assertThat(parts.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    Outcome evaluated =
        Outcome.of("evaluate", whole.toString(), "--backend", backend, "--samples", "10", "--json");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    JsonNode told = JsonTree.read(whole.resolve("config.json")).at("/provenance/test");
    double elbo = told.get("elbo").doubleValue();
    assertThat(evaluated.json().get("elbo").doubleValue())
        .isCloseTo(elbo, within(1e-5 * Math.abs(elbo)));
  }

  @Test
  @DisplayName("are listed with their options, and data sets with the others")
  void listed() {
    assertThat(Outcome.of("components", "shared-planar").out())
        .contains("posterior shared-planar, of extra-components.jar", "maps", "Default: 2");
    assertThat(Outcome.of("data").out()).contains("table");
  }

  @Test
  @DisplayName("are encoded as far as their posteriors tell: a hierarchy has means only")
  void encoded() throws IOException {
    Path model = folder.resolve("model");
    Path codes = folder.resolve("codes.csv");
    String backend = EveryBackendTest.backends().get(0);
    String flags = "--arch mlp --hidden 4 --latent 3 --model two-levels --model.upper 2";
    assertThat(train(backend, model, "1", flags).code()).isZero();
    assertThat(Outcome.of("encode", model.toString(), "--out", codes.toString()).err())
        .isEmpty();
    assertThat(Files.readAllLines(codes).get(0))
        .endsWith("mean_0,mean_1,mean_2,mean_3,mean_4")
        .doesNotContain("log_variance");
  }

  @Test
  @DisplayName("make images of a class that is asked for, and say what they miss")
  void conditions() throws IOException {
    Path model = folder.resolve("model");
    Path picture = folder.resolve("picture.png");
    String backend = EveryBackendTest.backends().get(0);
    assertThat(train(backend, model, "1", "--hidden 4 --condition label --prior label")
            .code())
        .isZero();
    String[] sample = {"sample", model.toString(), "--out", picture.toString(), "--count", "4"};
    assertThat(Outcome.of(sample).err()).contains("needs the condition 'label'").hasLineCount(1);
    assertThat(JsonTree.read(model.resolve("config.json"))
            .at("/model/condition_classes/label")
            .get(1)
            .textValue())
        .isEqualTo("square");
    for (String flag : List.of("--given", "--condition")) {
      assertThat(sampled(sample, flag, "label=7"))
          .contains("has no class '7'; the classes are ", "square")
          .hasLineCount(1);
      assertThat(sampled(sample, flag, "nose=1"))
          .contains("condition 'nose': the model is told label")
          .hasLineCount(1);
      assertThat(sampled(sample, flag, "3"))
          .contains("must be NAME=VALUE, such as label=3, not '3'")
          .hasLineCount(1);
      assertThat(sampled(sample, flag, "label=all")).isEmpty();
    }
    assertThat(sampled(sample, "--given", "label=1")).isEmpty();
    byte[] byNumber = Files.readAllBytes(picture);
    assertThat(sampled(sample, "--given", "label=square")).isEmpty();
    assertThat(picture).hasBinaryContent(byNumber);
    assertThat(picture).exists();
    BufferedImage there = between(model, picture, 0, 1);
    BufferedImage back = between(model, picture, 1, 0);
    int side = there.getHeight();
    assertThat(pixels(there.getSubimage(0, 0, side, side)))
        .as("the end of an interpolation is told that end's label")
        .isEqualTo(pixels(back.getSubimage(back.getWidth() - side, 0, side, side)));
    assertThat(Outcome.of("train", "--backend", backend, "--condition", "nose").err())
        .contains("has no condition 'nose'; it has label")
        .hasLineCount(1);
    assertThat(Outcome.of("train", "--backend", backend, "--prior", "label").err())
        .contains("add the condition label")
        .hasLineCount(1);
  }

  private static BufferedImage between(Path model, Path picture, int from, int to)
      throws IOException {
    String[] interpolate = {
      "interpolate",
      model.toString(),
      "--out",
      picture.toString(),
      "--steps",
      "2",
      "--from",
      String.valueOf(from),
      "--to",
      String.valueOf(to)
    };
    assertThat(Outcome.of(interpolate).err()).isEmpty();
    return ImageIO.read(picture.toFile());
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static String sampled(String[] sample, String flag, String condition) {
    String[] all = Arrays.copyOf(sample, sample.length + 2);
    all[sample.length] = flag;
    all[sample.length + 1] = condition;
    return Outcome.of(all).err();
  }
}

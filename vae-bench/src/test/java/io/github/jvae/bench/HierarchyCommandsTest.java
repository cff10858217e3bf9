package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Of a model of several latent groups")
class HierarchyCommandsTest {
  /** A tile of a 32 x 32 image, enlarged twice, with its gutter. */
  private static final int TILE = 66;

  @TempDir
  static Path shared;

  private static String hierarchy = "";
  private static String single = "";

  @TempDir
  Path folder;

  @BeforeAll
  static void train() {
    hierarchy = shared.resolve("hvae").toString();
    single = shared.resolve("single").toString();
    assertThat(Outcome.ofTraining("--epochs", "1", "--model", "hvae", "--out", hierarchy)
            .err())
        .isEmpty();
    assertThat(Outcome.ofTraining("--epochs", "1", "--out", single).err()).isEmpty();
  }

  private static Outcome run(String command, String model, String... more) {
    return Outcome.of(
        Stream.concat(Stream.of(command, model, "--backend", "tensorflow"), Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  @DisplayName("vae sample shows what each level holds, of an image too")
  void levels() throws IOException {
    Path file = folder.resolve("levels.png");
    Outcome outcome = run("sample", hierarchy, "--levels", "--columns", "3", "--out", "" + file);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("each row draws anew from the level it names down");
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getHeight()).isEqualTo(2 * TILE + 2);
    // On the left is room for words.
    assertThat(picture.getWidth()).isGreaterThan(3 * TILE + 2 + 30);
    assertThat(picture.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
    outcome = run("sample", hierarchy, "--levels", "--like", "3", "--out", "" + file);
    assertThat(outcome.err()).isEmpty();
    assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(3 * TILE + 2);
  }

  @Test
  @DisplayName("vae sample keeps fixed groups, and takes a temperature of each")
  void drawn() throws IOException {
    byte[] usual = sample();
    assertThat(sample("--temperature", "1,z2=1")).isEqualTo(usual);
    assertThat(sample("--temperature", "z1=0.5")).isNotEqualTo(usual);
    assertThat(sample("--fix", "z2")).isNotEqualTo(usual).isNotEqualTo(sample("--fix", "z1"));
    assertThat(sample("--fix", "z2", "--like", "1")).isNotEqualTo(sample("--fix", "z2"));
    Path file = folder.resolve("same.png");
    sample("--temperature", "0");
    BufferedImage same = ImageIO.read(file.toFile());
    for (int y = 0; y < TILE; y++) {
      assertThat(same.getRGB(10, y)).isEqualTo(same.getRGB(10 + TILE, y));
    }
  }

  private byte[] sample(String... more) throws IOException {
    Path file = folder.resolve("same.png");
    String[] all = Stream.concat(
            Stream.of("--count", "4", "--columns", "2", "--out", "" + file), Arrays.stream(more))
        .toArray(String[]::new);
    assertThat(run("sample", hierarchy, all).err()).isEmpty();
    return Files.readAllBytes(file);
  }

  @Test
  @DisplayName("vae evaluate tells what each group costs, in words, as JSON and in a picture")
  void divergences() throws IOException {
    Path file = folder.resolve("kl.png");
    Outcome outcome = run("evaluate", hierarchy, "--groups-picture", "" + file);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsPattern("z2 +[0-9.]+ nats/example, [0-9.]+ % of it, in 2 n");
    assertThat(outcome.out()).doesNotContain("kl_z2");
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(2 * (720 + 40));
    JsonNode json = run("evaluate", hierarchy, "--json").json();
    JsonNode groups = json.get("kl_per_group");
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).get("group").textValue()).isEqualTo("z2");
    double upper = groups.get(0).get("nats").doubleValue();
    double lower = groups.get(1).get("nats").doubleValue();
    double kl = json.get("kl").doubleValue();
    assertThat(upper + lower).isCloseTo(kl, within(1e-5 * kl));
    assertThat(groups.get(0).get("share").doubleValue()).isCloseTo(upper / kl, within(1e-9));
    assertThat(json.get("kl_z2").doubleValue()).isCloseTo(upper, within(1e-4 * kl));
  }

  @Test
  @DisplayName("what is asked of the wrong model, or of no group, is told in one sentence")
  void refused() {
    String out = folder.resolve("no.png").toString();
    check(
        run("sample", single, "--levels", "--out", out),
        "the model has one level of latent variables, z");
    check(
        run("evaluate", single, "--groups-picture", out),
        "the model has one latent group, z, which is all of the divergence");
    check(
        run("sample", hierarchy, "--fix", "z3", "--out", out),
        "there is no latent group 'z3' in this model; there are z2, z1");
    check(
        run("sample", hierarchy, "--temperature", "z1=warm", "--out", out),
        "--temperature must be a number from 0");
    check(run("sample", hierarchy, "--like", "1", "--out", out), "add one of them");
    check(
        run("sample", hierarchy, "--levels", "--fix", "z2", "--out", out),
        "--levels fixes the levels above each row by itself");
    check(
        run("sample", hierarchy, "--temperature", "0.5", "--sampler", "maf", "--out", out),
        "are of the prior's draws; leave out --sampler");
    assertThat(Path.of(out)).doesNotExist();
  }

  private static void check(Outcome outcome, String message) {
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.err().lines()).hasSize(1);
  }
}

package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands that list what there is")
class ListingCommandsTest {
  @TempDir
  Path folder;

  @Test
  void dataWithoutANameListsTheDataSetsThatHaveOne() throws IOException {
    assertThat(Outcome.of("data").out())
        .contains("shapes", "cifar10")
        .containsPattern("mnist +60,000 and 10,000 handwritten digits");
    assertThat(Outcome.of("data", "--json").json().get("data")).hasSize(4);
  }

  @Test
  void backendsTellsEnginesAndVersions() throws IOException {
    Outcome outcome = Outcome.of("backends", "--json");
    JsonNode json = outcome.json();
    assertThat(json.get("backends").findValuesAsText("name")).contains("tensorflow", "djl", "nd4j");
    assertThat(outcome.err()).contains("TensorFlow 2.", "PyTorch", "libnd4j", "threads");
  }

  @Test
  void componentsTellsTheJarOfEach() throws IOException {
    JsonNode json = Outcome.of("components", "--json", "--quiet").json();
    assertThat(json.get("likelihoods").fieldNames()).toIterable().contains("bernoulli", "gaussian");
    assertThat(json.get("architectures").get("mlp").textValue()).isNotEmpty();
    assertThat(Outcome.of("components").out()).contains("standard-normal", "elbo");
  }

  @Test
  void dataTellsCountsClassesPixelsAndFactorsAndShowsThem() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    Outcome outcome =
        Outcome.of("data", "shapes", "--limit", "40", "--out", sheet.toString(), "--json");
    assertThat(outcome.code()).isZero();
    JsonNode json = outcome.json();
    assertThat(json.get("train").get("images").intValue()).isEqualTo(40);
    assertThat(json.get("shape").toString()).isEqualTo("[3,32,32]");
    assertThat(json.get("train").get("sha256").textValue()).hasSize(64);
    assertThat(json.get("train").get("pixel_mean").doubleValue()).isBetween(0.0, 1.0);
    assertThat(json.get("train").get("classes").fieldNames())
        .toIterable()
        .containsExactly("circle", "square", "triangle", "star");
    assertThat(json.get("factors").toString()).contains("hue");
    assertThat(sheet).isNotEmptyFile();
  }

  @Test
  void dataTellsOnStandardErrorWhatWasDoneToImages() throws IOException {
    for (String name : new String[] {"a.tif", "b.tif"}) {
      BufferedImage deep = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
      assertThat(ImageIO.write(deep, "tif", folder.resolve(name).toFile())).isTrue();
    }
    Files.writeString(folder.resolve("readme.txt"), "x");
    Outcome outcome = Outcome.of("data", folder.toString(), "--json");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err())
        .contains(
            "note: " + folder + ": 2 of 2 images have more than 8 bits a channel (a.tif)",
            "note: " + folder + ": passed over 1 of '.txt' (readme.txt)");
    assertThat(outcome.json().get("notes")).hasSize(2);
    Outcome plain = Outcome.of("data", folder.toString());
    assertThat(plain.err()).hasLineCount(2).contains("note: ");
    assertThat(plain.out()).doesNotContain("note");
    assertThat(Outcome.of("data", folder.toString(), "--quiet").err()).isEmpty();
  }

  @Test
  void versionIsTold() {
    assertThat(Outcome.of("--version").out()).startsWith("vae ").contains("Java ");
  }

  @Test
  void completionIsGenerated() {
    assertThat(Outcome.of("generate-completion").out()).contains("reconstruct");
  }
}

package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the page in the documentation: with {@code -Dvae.screenshots=FOLDER
 * -Dvae.explored=MODEL}, and {@code -Dvae.explored.data=NAME} where it is not known of the model.
 */
@DisplayName("Pictures of the explorer's page")
@EnabledIfSystemProperty(named = "vae.screenshots", matches = ".+")
class ExplorerScreenshotsTest {
  private static final Map<String, String> SETTLED = new TreeMap<>(
      Map.of(
          "map",
          "return /examples of/.test(document.getElementById('view-map').textContent)",
          "walk",
          "return document.querySelectorAll('#view-walk .slider').length > 1",
          "draw",
          "return document.querySelector('#view-draw canvas').width > 100",
          "example",
          "return Number(document.querySelector('#view-example canvas[data-draws]')?.dataset.draws) >= 6400"));

  @TempDir
  Path downloads;

  @Test
  void areMade() throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("vae.screenshots"));
    List<String> arguments =
        new ArrayList<>(List.of("explore", System.getProperty("vae.explored")));
    String data = System.getProperty("vae.explored.data");
    if (data != null) {
      arguments.addAll(List.of("--data", data));
    }
    try (Browser browser = Browser.open(downloads);
        RunningCommand command = RunningCommand.of(arguments.toArray(String[]::new))) {
      browser.size(1200, 900);
      browser.go(command.address());
      for (Map.Entry<String, String> view : SETTLED.entrySet()) {
        browser.view(view.getKey());
        browser.until(view.getValue());
        if (view.getKey().equals("walk")) {
          browser.press("walk", "Traverse each dimension");
          browser.until("return !!document.querySelector('#view-walk .scroll canvas')");
        }
        Path file = folder.resolve("explorer-" + view.getKey() + ".png");
        Files.write(file, browser.screenshot());
        assertThat(file).isNotEmptyFile();
      }
    }
  }
}

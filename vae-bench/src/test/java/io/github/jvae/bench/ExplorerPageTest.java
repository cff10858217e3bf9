package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.Vae;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

@DisplayName("The explorer's page, in a browser")
class ExplorerPageTest {
  private static final Shape EXAMPLE = Shape.of(3, 32, 32);
  private static final int LATENT = 2;
  private static final String PICTURE =
      "canvas[aria-label='What the model makes of the latent vector']";

  @TempDir
  static Path shared;

  private static Browser browser;
  private static RunningCommand command;
  private static Vae vae;

  @BeforeAll
  static void open() {
    browser = Browser.open(shared);
    Path model = shared.resolve("model");
    assertThat(Outcome.ofTrainingOn("nd4j", "--epochs", "2", "--out", model.toString())
            .err())
        .isEmpty();
    command = RunningCommand.of(
        "explore",
        model.toString(),
        "--backend",
        "nd4j",
        "--against",
        "djl",
        "--threads",
        "1",
        "--limit",
        "64");
    vae = Vae.load(model, Vae.builder().backend("nd4j").threads(1));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      vae.close();
      command.close();
    }
  }

  @BeforeEach
  void load() throws IOException, InterruptedException {
    browser.size(1280, 1000);
    browser.dark(false);
    browser.go(command.address());
  }

  @AfterEach
  void noErrors() {
    browser.requireNoErrors();
  }

  private static int[] pixels(HostTensor image) {
    float[] data = image.data();
    int plane = EXAMPLE.dimension(1) * EXAMPLE.dimension(2);
    return IntStream.range(0, data.length)
        .map(i ->
            Math.max(0, Math.min(255, (int) Math.floor(data[i % 3 * plane + i / 3] * 255.0 + 0.5))))
        .toArray();
  }

  private static void waitForPicture(HostTensor expected) {
    String wanted = Arrays.toString(pixels(expected));
    long end = System.currentTimeMillis() + 20_000;
    while (!Arrays.toString(browser.pixels(browser.find("walk", PICTURE))).equals(wanted)
        && System.currentTimeMillis() < end) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(browser.pixels(browser.find("walk", PICTURE))).isEqualTo(pixels(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "walk", "draw", "example", "compare"})
  @DisplayName("each view has names for all that can be used, and contrast, in light and in dark")
  void isAccessible(String view) {
    browser.view(view);
    settle(view);
    browser.requireAccessible();
    browser.dark(true);
    browser.requireAccessible();
  }

  private static void settle(String view) {
    switch (view) {
      case "map" ->
        browser.until("return /64 examples/.test(document.getElementById('view-map').textContent)");
      case "walk" ->
        browser.until("return document.querySelectorAll('#view-walk .slider').length === 2");
      case "example" ->
        browser.until("return document.querySelectorAll('#view-example td').length >= 4");
      case "compare" ->
        browser.until(
            "return /differ by at most/.test(document.getElementById('view-compare').textContent)");
      default -> browser.until("return document.querySelector('#view-draw canvas').width > 100");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"map", "walk", "draw", "example", "compare"})
  @DisplayName("each view fits on a phone, without scrolling sideways")
  void fitsAPhone(String view) {
    browser.size(500, 900);
    browser.view(view);
    settle(view);
    browser.until("return document.documentElement.scrollWidth <= window.innerWidth");
  }

  @Test
  @DisplayName("a slider that is moved by keys shows what the model makes of that latent vector")
  void walks() throws IOException, InterruptedException {
    browser.view("walk");
    settle("walk");
    WebElement slider = browser.find("walk", ".slider input");
    String dimension = Objects.requireNonNull(slider.getDomAttribute("id")).substring(2);
    slider.sendKeys(Keys.HOME);
    browser.until("return arguments[0].value === '-4'", slider);
    float[] z = Arrays.copyOf(RunningCommand.floats(command.get("api/encode?index=0")), LATENT);
    z[Integer.parseInt(dimension)] = -4;
    waitForPicture(vae.decode(HostTensor.of(Shape.of(1, LATENT), z)));
    browser.until("return performance.getEntriesByName('slider to picture').length > 0");
  }

  @Test
  @DisplayName("an address leads back to the same latent vector")
  void remembers() throws IOException, InterruptedException {
    browser.view("walk");
    settle("walk");
    browser.press("walk", "Start from the prior");
    HostTensor z = vae.inference().sampleLatents(1, 1);
    waitForPicture(vae.decode(z));
    browser.until("return location.hash.includes('z=')");
    String address = browser.driver().getCurrentUrl();
    browser.view("draw");
    browser.go(URI.create(address));
    waitForPicture(vae.decode(z));
  }

  @Test
  @DisplayName("two anchors have a path between them")
  void pathBetweenAnchors() {
    browser.view("walk");
    settle("walk");
    browser.press("walk", "Set anchor A");
    browser.press("walk", "Start from the prior");
    HostTensor end = vae.inference().sampleLatents(1, 1);
    waitForPicture(vae.decode(end));
    browser.press("walk", "Set anchor B");
    browser.press("walk", "Play");
    browser.until(
        "return [...document.querySelectorAll('#view-walk input[type=range]')].find(i => i.max === '1').value === '1'");
    waitForPicture(vae.decode(end));
  }

  @Test
  @DisplayName("a grid over two dimensions is decoded as a batch")
  void grids() {
    browser.view("walk");
    settle("walk");
    browser.press("walk", "Grid over both");
    browser.until("return !!document.querySelector('#view-walk .scroll canvas')");
    browser.until(
        "return document.querySelector('#view-walk .scroll canvas').width === 9 * 34 - 2");
    browser.press("walk", "Traverse each dimension");
    browser.until(
        "return document.querySelector('#view-walk .scroll canvas').height === 2 * 34 - 2");
  }

  @Test
  @DisplayName(
      "the map shows what is under the pointer, keeps what is clicked, and selects by lasso")
  void maps() {
    browser.view("map");
    settle("map");
    WebElement map = browser.find("map", "canvas.map");
    map.sendKeys(Keys.ENTER);
    browser.until("return /example \\d+/.test(document.getElementById('view-map').textContent)");
    browser.until("return /picked=\\d+/.test(location.hash)");
    browser.click("#lasso");
    int reach = 200;
    new Actions(browser.driver())
        .moveToElement(map, -reach, -reach)
        .clickAndHold()
        .moveByOffset(2 * reach, 0)
        .moveByOffset(0, 2 * reach)
        .moveByOffset(-2 * reach, 0)
        .release()
        .perform();
    browser.until(
        "return /\\d+ examples selected/.test(document.getElementById('view-map').textContent)");
    browser.press("map", "Walk from it");
    browser.until("return !document.getElementById('view-walk').hidden");
  }

  @Test
  @DisplayName("a map can be laid out so that neighbours stay neighbours, and moved by keys")
  void neighbours() {
    browser.view("map");
    settle("map");
    browser.enter(browser.find("map", "select"), "tsne");
    browser.until("return /t-SNE of 64/.test(document.getElementById('view-map').textContent)");
    WebElement map = browser.find("map", "canvas.map");
    int[] before = browser.pixels(map);
    map.sendKeys(Keys.ARROW_LEFT, "+");
    browser.until(
        "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
    assertThat(browser.pixels(map)).isNotEqualTo(before);
  }

  @Test
  @DisplayName("samples are those of the library, and can be walked from")
  void draws() {
    browser.view("draw");
    browser.enter(browser.find("draw", "input[type=number]"), "4");
    browser.press("draw", "Draw others");
    browser.until("return document.querySelector('#view-draw canvas').width === 66");
    HostTensor expected = vae.sample(4, 2);
    int[] shown = browser.pixels(browser.find("draw", "canvas"));
    int[] first = pixels(expected.rows(0, 1));
    for (int row = 0; row < 32; row++) {
      assertThat(Arrays.copyOfRange(shown, row * 66 * 3, (row * 66 + 32) * 3))
          .isEqualTo(Arrays.copyOfRange(first, row * 32 * 3, (row + 1) * 32 * 3));
    }
    browser.find("draw", "canvas").click();
    browser.until("return !document.getElementById('view-walk').hidden");
  }

  @Test
  @DisplayName("an example's numbers are those of the library, and its estimates go on")
  void looksAtAnExample() throws IOException, InterruptedException {
    browser.view("example");
    settle("example");
    browser.press("example", "Next");
    browser.until("return location.hash.includes('index=1')");
    settle("example");
    HostTensor x = HostTensor.of(
        EXAMPLE.prepend(1), RunningCommand.floats(command.get("api/example?index=1")));
    try (AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      AnomalyScores scores = scorer.score(x, Map.of(), 64, 1).get(0);
      browser.until(
          "return Math.abs(Number(document.querySelector('#view-example td').dataset.value) - arguments[0]) < 1e-6",
          -scores.elbo());
    }
    assertThat(browser.pixels(browser.find("example", "canvas[aria-label='Reconstruction']")))
        .isEqualTo(pixels(vae.reconstruct(x)));
    browser.until(
        "return Number(document.querySelector('#view-example canvas[data-draws]')?.dataset.draws) >= 256");
    browser.press("example", "Stop");
  }

  @Test
  @DisplayName("a picture of one's own is looked at, and what is none is refused in a sentence")
  void ownPictures() throws IOException {
    browser.view("example");
    settle("example");
    browser.find("example", "input[type=file]").sendKeys(brown().toString());
    browser.until(
        "const c = document.querySelector('#view-example canvas'); return c.getContext('2d').getImageData(3, 3, 1, 1).data.slice(0, 3).join(',') === '128,64,32'");
    Path other = shared.resolve("other.png");
    Files.writeString(other, "no picture");
    browser.find("example", "input[type=file]").sendKeys(other.toString());
    browser.until(
        "return /no picture that this browser can read/.test(document.getElementById('status').textContent)");
  }

  private static Path brown() throws IOException {
    Path picture = shared.resolve("own.png");
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 64; x++) {
      for (int y = 0; y < 48; y++) {
        image.setRGB(x, y, 0x804020);
      }
    }
    ImageIO.write(image, "png", picture.toFile());
    return picture;
  }

  @Test
  @DisplayName("of a picture of one's own a conditional model is told what is chosen beside it")
  void tellsOfOwnPictures() throws IOException, InterruptedException {
    Path folder = shared.resolve("conditional");
    assertThat(Outcome.ofTrainingOn(
                "nd4j", "--epochs", "1", "--condition", "label", "--out", folder.toString())
            .err())
        .isEmpty();
    try (Vae conditional = Vae.load(folder, Vae.builder().backend("nd4j").threads(1));
        RunningCommand other = RunningCommand.of(
            "explore", folder.toString(), "--backend", "nd4j", "--threads", "1", "--limit", "64")) {
      browser.go(other.address());
      browser.view("example");
      settle("example");
      browser.find("example", "input[type=file]").sendKeys(brown().toString());
      HostTensor x = filled(0x80 / 255f, 0x40 / 255f, 0x20 / 255f);
      List<String> classes =
          Objects.requireNonNull(conditional.config().conditionClasses().get("label"));
      for (String chosen : List.of(classes.get(0), classes.get(2))) {
        browser.enter(browser.find("example", ".drop select"), chosen);
        Map<String, HostTensor> told = conditional.conditions(Map.of("label", chosen), 1);
        String wanted = Arrays.toString(pixels(conditional.inference().reconstruct(x, told)));
        browser.until(
            "return arguments[0] === JSON.stringify([...document.querySelector(\"#view-example canvas[aria-label='Reconstruction']\").getContext('2d').getImageData(0, 0, 32, 32).data].filter((_, i) => i % 4 < 3))",
            wanted.replace(" ", ""));
      }
      // So that the page asks nothing of a program that has ended.
      browser.go(command.address());
    }
  }

  private static HostTensor filled(float red, float green, float blue) {
    float[] data = new float[EXAMPLE.size()];
    int plane = EXAMPLE.dimension(1) * EXAMPLE.dimension(2);
    Arrays.fill(data, 0, plane, red);
    Arrays.fill(data, plane, 2 * plane, green);
    Arrays.fill(data, 2 * plane, 3 * plane, blue);
    return HostTensor.of(EXAMPLE.prepend(1), data);
  }

  @Test
  @DisplayName("two engines make the same of the same latent vector")
  void compares() {
    browser.view("compare");
    settle("compare");
    double most = Double.parseDouble(String.valueOf(
        browser.script("return document.querySelector('#view-compare [data-most]').dataset.most")));
    assertThat(most).isCloseTo(0, within(1e-4));
    browser.enter(browser.find("compare", "label:nth-of-type(3) select"), "example");
    browser.until("return document.querySelectorAll('#view-compare .numbers tr').length === 5");
  }

  @Test
  @DisplayName("pictures are saved as files")
  void saves() {
    browser.view("draw");
    settle("draw");
    browser.press("draw", "Save picture");
    long end = System.currentTimeMillis() + 20_000;
    while (!Files.exists(shared.resolve("samples.png")) && System.currentTimeMillis() < end) {
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(shared.resolve("samples.png")).exists();
  }

  @Test
  @DisplayName("tabs are changed by arrow keys")
  void tabs() {
    WebElement tab = browser.driver().findElement(By.id("tab-map"));
    tab.sendKeys(Keys.ARROW_RIGHT);
    browser.until(
        "return document.activeElement.id === 'tab-walk' && !document.getElementById('view-walk').hidden");
  }

  @Test
  @DisplayName("two browsers at once, and one that goes away, do not disturb each other")
  void twoBrowsers() throws IOException, InterruptedException {
    try (Browser other = Browser.open(shared)) {
      other.go(command.address());
      other.view("example");
      other.until("return document.querySelectorAll('#view-example td').length >= 4");
    }
    browser.view("draw");
    settle("draw");
  }

  @Test
  @DisplayName("is small, and asks nobody else for anything")
  void isSmall() {
    browser.view("draw");
    settle("draw");
    Object names = browser.script(
        "return performance.getEntriesByType('resource').map(r => r.name).join(' ')");
    assertThat(names.toString().split(" "))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("http://127.0.0.1:"));
    Object bytes = browser.script(
        "return performance.getEntriesByType('resource').filter(r => !r.name.includes('/api/')).reduce((s, r) => s + r.decodedBodySize, 0)");
    assertThat(((Number) bytes).longValue()).isBetween(10_000L, 300_000L);
  }
}

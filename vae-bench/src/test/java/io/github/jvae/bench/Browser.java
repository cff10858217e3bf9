package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a page in it. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens a browser; where there is none, the test is skipped. */
  static Browser open(Path downloads) {
    Optional<Path> browser =
        BROWSERS.stream().flatMap(name -> find(name).stream()).findFirst();
    Optional<Path> control = find("chromedriver");
    assumeTrue(
        browser.isPresent() && control.isPresent(),
        "pages are tested where Chromium and its chromedriver are on the path; skipped");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1280,1000");
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    ChromeDriverService service = new ChromeDriverService.Builder()
        .usingDriverExecutable(control.orElseThrow().toFile())
        .usingAnyFreePort()
        .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Goes to an address, and waits until the page is ready. */
  void go(URI address) {
    // A page whose address differs after the # alone would not be loaded anew.
    driver.get("about:blank");
    driver.get(address.toString());
    until("return document.body.dataset.ready === 'true'");
  }

  /** Opens a view by its tab. */
  void view(String name) {
    click("#tab-" + name);
    until("return !document.getElementById('view-" + name + "').hidden");
  }

  WebElement find(String view, String selector) {
    return driver.findElement(By.cssSelector("#view-" + view + " " + selector));
  }

  void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /** Presses the button of a view with these words. */
  void press(String view, String words) {
    driver.findElements(By.cssSelector("#view-" + view + " button")).stream()
        .filter(button -> button.getText().equals(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button " + words))
        .click();
  }

  /** Puts a value into an input, as a person does. */
  void enter(WebElement input, String value) {
    script(
        "arguments[0].value = arguments[1];"
            + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}));"
            + "arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
        input,
        value);
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until a script returns true. */
  void until(String script, Object... arguments) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> script + "; the page says: " + status())
        .until(any -> Boolean.TRUE.equals(script(script, arguments)));
  }

  String status() {
    return String.valueOf(script("return document.getElementById('status').textContent"));
  }

  /** Returns the red, green and blue of a picture's pixels, row by row. */
  int[] pixels(WebElement canvas) {
    Object found = script(
        "const c = arguments[0]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            + "return Array.from(d).filter((_, i) => i % 4 < 3).join(',')",
        canvas);
    return Stream.of(found.toString().split(",")).mapToInt(Integer::parseInt).toArray();
  }

  ChromeDriver driver() {
    return driver;
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** Has the page believe that a person wants dark colours, or light ones. */
  void dark(boolean wanted) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", wanted ? "dark" : "light"))));
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** Checks what is seen for names and contrast (axe-core), and the console for errors. */
  void requireAccessible() {
    Results found = new AxeBuilder().analyze(driver);
    assertThat(found.getViolations())
        .as(() -> found.getViolations().stream().map(Browser::words).toList().toString())
        .isEmpty();
    assertThat(found.getPasses()).isNotEmpty();
  }

  private static String words(Rule rule) {
    return rule.getHelp() + ": "
        + rule.getNodes().stream()
            .map(node -> node.getHtml() + " " + node.getFailureSummary())
            .toList();
  }

  void requireNoErrors() {
    assertThat(driver.manage().logs().get("browser").getAll().stream()
            .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
            .map(Object::toString))
        .isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

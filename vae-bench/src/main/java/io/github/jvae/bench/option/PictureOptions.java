package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.image.ImageGrid;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a picture goes. */
public final class PictureOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, a picture where nothing else is said above; one that is"
          + " there is replaced.")
  private Path file = Path.of("");

  /** Where it goes. */
  public Path file() {
    return file;
  }

  /**
   * Writes a picture and says so.
   *
   * @param what what it shows
   * @return the result of the command, which begins with the picture's place
   * @throws io.github.jvae.error.VaeException if it cannot be written
   */
  public JsonResult write(ImageGrid grid, Console console, String what) {
    grid.write(file);
    console.say("%s: %s", file, what);
    return new JsonResult().put("out", file.toString());
  }
}

package io.github.jvae.bench.explore;

import io.github.jvae.bench.web.WebAnswer;
import io.github.jvae.bench.web.WebFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the page, and no others. */
final class PageFiles {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("index.html", "text/html; charset=utf-8"),
      Map.entry("explorer.css", "text/css; charset=utf-8"),
      Map.entry("explorer.js", SCRIPT),
      Map.entry("server.js", SCRIPT),
      Map.entry("page.js", SCRIPT),
      Map.entry("paint.js", SCRIPT),
      Map.entry("chart.js", SCRIPT),
      Map.entry("map.js", SCRIPT),
      Map.entry("told.js", SCRIPT),
      Map.entry("walk.js", SCRIPT),
      Map.entry("draw.js", SCRIPT),
      Map.entry("example.js", SCRIPT),
      Map.entry("compare.js", SCRIPT),
      Map.entry("training.js", SCRIPT));

  private final Map<String, byte[]> read = new ConcurrentHashMap<>();

  /**
   * Returns a file.
   *
   * @param path of it; nothing means the page itself
   * @throws WebFault if there is none
   */
  WebAnswer answer(String path) {
    String name = path.isEmpty() ? "index.html" : path;
    String type = TYPES.get(name);
    if (type == null) {
      throw new WebFault(404, "there is nothing here");
    }
    return new WebAnswer(type, read.computeIfAbsent(name, PageFiles::bytes));
  }

  private static byte[] bytes(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new WebFault(404, "the program came without " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own files cannot be read", e);
    }
  }
}

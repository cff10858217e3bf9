package io.github.jvae.bench.report.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Mustache templates of one kind of document, which lie beside this class. */
final class Templates {
  private final String suffix;
  private final Mustache.Compiler compiler;
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  private Templates(String suffix, Mustache.Escaper escaper) {
    this.suffix = suffix;
    this.compiler = Mustache.compiler().withEscaper(escaper);
  }

  /** Returns the templates of HTML pages; text does not become markup. */
  static Templates html() {
    return new Templates(".html", raw -> Escapers.HTML.escape(Quote.line(raw)));
  }

  /** Returns the templates of Markdown; text does not become markup, nor ends a cell of a table. */
  static Templates markdown() {
    return new Templates(
        ".md",
        raw -> Quote.line(raw).replace("<", "&lt;").replaceAll("[\\\\|*_`\\[\\]]", "\\\\$0"));
  }

  /**
   * Fills a template.
   *
   * @param name its file's, without suffix
   * @param context an object or a map, whose members the template names
   */
  String fill(String name, Object context) {
    return compiled
        .computeIfAbsent(name, file -> compiler.compile(text(file + suffix)))
        .execute(context);
  }

  /** A file beside this class. */
  static String text(String file) {
    try (InputStream stream = Templates.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the resource " + file + " is missing from the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

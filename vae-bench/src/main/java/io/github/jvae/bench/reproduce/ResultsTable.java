package io.github.jvae.bench.reproduce;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Results as a table in Markdown, and the part of a page that holds it. */
public final class ResultsTable {
  /** The line before the part of a page that is made by this program. */
  public static final String BEGIN = "<!-- vae reproduce: begin -->";

  /** The line after it. */
  public static final String END = "<!-- vae reproduce: end -->";

  private static final List<String> HEAD = List.of(
      "recipe",
      "data",
      "of",
      "published",
      "found",
      "standard error",
      "verdict",
      "run on",
      "trained");

  private ResultsTable() {}

  /**
   * Finds results: in a folder itself, and in the folders directly within it.
   *
   * @throws VaeException if there are none in one of the folders, or one is damaged
   */
  public static List<Reproduction> find(List<Path> folders) {
    List<Reproduction> results = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> files = files(folder);
      if (files.isEmpty()) {
        throw new VaeException("there is no " + Reproduction.FILE + " in " + Quote.path(folder)
            + " nor in a folder within it; name the --out of 'vae reproduce'");
      }
      files.forEach(file -> results.add(Reproduction.read(file)));
    }
    return results;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> within = Files.list(folder)) {
      return Stream.concat(Stream.of(folder), within.sorted())
          .map(each -> each.resolve(Reproduction.FILE))
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException e) {
      throw new VaeException(
          "cannot look into " + Quote.path(folder) + ": " + FileFault.reason(e)
              + "; name the --out of 'vae reproduce'",
          e);
    }
  }

  /** Returns the lines of a table. */
  public static List<String> markdown(List<Reproduction> results) {
    List<String> lines = new ArrayList<>();
    lines.add(row(HEAD));
    lines.add(row(HEAD.stream().map(column -> "---").toList()));
    results.forEach(result -> lines.add(row(cells(result))));
    return lines;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static List<String> cells(Reproduction result) {
    Figure figure = result.figure();
    Finding found = result.finding();
    Circumstances ran = result.circumstances();
    String verdict = result.verdict().words(figure, found.value());
    return Stream.of(
            "`" + result.recipe() + "`",
            result.data(),
            figure.quantity().text(),
            String.format(Locale.ROOT, "%.2f (%s)", figure.value(), figure.source()),
            String.format(Locale.ROOT, "**%.2f**", found.value()),
            error(found),
            result.verdict() == Verdict.WITHIN ? verdict : "**" + verdict + "**",
            String.format(
                Locale.ROOT, "%s, %s, %d threads", ran.backend(), ran.engine(), ran.threads()),
            String.format(
                Locale.ROOT,
                "%d epochs, %d steps, %s",
                ran.epochs(),
                ran.steps(),
                duration(ran.trainingSeconds())))
        .map(cell -> Quote.line(cell).replace("|", "\\|"))
        .toList();
  }

  private static String error(Finding found) {
    String ofExamples = String.format(Locale.ROOT, "%.3f", found.standardError());
    return found.draws() == 0
        ? ofExamples
        : String.format(
            Locale.ROOT, "%s, of %d draws %.3f", ofExamples, found.draws(), found.samplingError());
  }

  private static String duration(double seconds) {
    return seconds < 60
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }

  /**
   * Puts lines between the two marks of a page, in place of what is there.
   *
   * @throws VaeException if the page lacks a mark, or cannot be read or written
   */
  public static void put(Path page, List<String> lines) {
    String text;
    try {
      text = Files.readString(page, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw FileFault.unreadable(page, e);
    }
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw FileFault.of(
          page,
          "has no place for a table: two lines " + BEGIN + " and " + END,
          "put them where it is wanted");
    }
    String put = text.substring(0, begin + BEGIN.length()) + "\n\n" + String.join("\n", lines)
        + "\n\n" + text.substring(end);
    AtomicFile.write(page, put.getBytes(StandardCharsets.UTF_8));
  }
}

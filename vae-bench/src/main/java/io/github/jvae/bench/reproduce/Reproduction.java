package io.github.jvae.bench.reproduce;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.ModelFileException;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a recipe: the content of {@code result.json}.
 *
 * @param recipe its name
 * @param title of the recipe
 * @param data that it is of, as the recipe calls them
 * @param figure that was wanted
 * @param finding that was found
 * @param circumstances what it ran on
 */
public record Reproduction(
    String recipe,
    String title,
    String data,
    Figure figure,
    Finding finding,
    Circumstances circumstances) {
  /** The usual name of the file. */
  public static final String FILE = "result.json";

  private static final long FORMAT = 1;

  /** Returns what becomes of the figure. */
  public Verdict verdict() {
    return figure.verdict(finding.value());
  }

  /**
   * Writes it, atomically.
   *
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  public void write(Path file) {
    JsonFile.write(file, toOptions());
  }

  /** Returns what the file holds. */
  public Options toOptions() {
    return Options.none()
        .with("format", FORMAT)
        .with("recipe", recipe)
        .with("title", title)
        .with("data", data)
        .with("figure", figure.toOptions())
        .with("found", finding.value())
        .with("standard_error", finding.standardError())
        .with("sampling_error", finding.samplingError())
        .with("draws", finding.draws())
        .with("examples", finding.examples())
        .with("verdict", verdict().text())
        .with("backend", circumstances.backend())
        .with("engine", circumstances.engine())
        .with("device", circumstances.device())
        .with("threads", circumstances.threads())
        .with("epochs", circumstances.epochs())
        .with("steps", circumstances.steps())
        .with("training_seconds", circumstances.trainingSeconds())
        .with("evaluation_seconds", circumstances.evaluationSeconds())
        .with("jvae", circumstances.jvae())
        .with("java", circumstances.java())
        .with("system", circumstances.system())
        .with(
            "commands",
            new OptionValue.Items(List.copyOf(
                circumstances.commands().stream().map(OptionValue::of).toList())));
  }

  /**
   * Reads it.
   *
   * @throws io.github.jvae.error.VaeException if the file is missing, is no JSON or holds something
   *     else, or a verdict that its own numbers do not give
   */
  public static Reproduction read(Path file) {
    Options json = JsonFile.read(file);
    Reproduction read = FileFault.within(file, () -> of(JsonMembers.of(json)));
    if (!read.verdict().text().equals(JsonMembers.of(json).text("verdict"))) {
      throw FileFault.damaged(
          file,
          "says the verdict " + json.get("verdict") + ", but its numbers give "
              + read.verdict().text());
    }
    return read;
  }

  private static Reproduction of(JsonMembers members) {
    long format = members.wholeNumber("format", 0);
    if (format != FORMAT) {
      throw new ModelFileException(
          "holds no result of 'vae reproduce' that this version reads: its format is " + format
              + ", not " + FORMAT);
    }
    JsonMembers figure = members.object("figure");
    String quantity = text(figure, Figure.QUANTITY);
    return new Reproduction(
        text(members, "recipe"),
        text(members, "title"),
        text(members, "data"),
        new Figure(
            Quantity.called(quantity)
                .orElseThrow(() -> new ModelFileException(
                    "figure.quantity must be one of " + Quantity.names() + ", not " + quantity)),
            number(figure, Figure.VALUE),
            number(figure, Figure.TOLERANCE),
            text(figure, Figure.SOURCE)),
        new Finding(
            number(members, "found"),
            number(members, "standard_error"),
            number(members, "sampling_error"),
            members.required("draws", Long.MAX_VALUE),
            members.required("examples", Long.MAX_VALUE)),
        circumstances(members));
  }

  private static Circumstances circumstances(JsonMembers members) {
    List<String> commands = new ArrayList<>();
    if (members.options().get("commands") instanceof OptionValue.Items items) {
      items.values().forEach(item -> commands.add(Arguments.text(item)));
    }
    return new Circumstances(
        text(members, "backend"),
        text(members, "engine"),
        text(members, "device"),
        members.required("threads", Integer.MAX_VALUE),
        members.required("epochs", Integer.MAX_VALUE),
        members.required("steps", Long.MAX_VALUE),
        number(members, "training_seconds"),
        number(members, "evaluation_seconds"),
        text(members, "jvae"),
        text(members, "java"),
        text(members, "system"),
        commands);
  }

  private static String text(JsonMembers members, String name) {
    String text = members.text(name);
    if (text == null) {
      throw new ModelFileException(place(members) + name + " is missing; it must be text");
    }
    return text;
  }

  private static double number(JsonMembers members, String name) {
    double number = members.number(name, Double.NaN);
    if (Double.isNaN(number)) {
      throw new ModelFileException(place(members) + name + " is missing; it must be a number");
    }
    return number;
  }

  private static String place(JsonMembers members) {
    return members.place().isEmpty() ? "" : members.place() + ".";
  }
}

package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.speed.Pace;
import io.github.jvae.bench.sweep.Reading;
import io.github.jvae.bench.sweep.Sweep;
import io.github.jvae.bench.sweep.SweepPoint;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A sweep as a table on the console, row by row, and as JSON. */
final class SweepTable {
  private static final String ROW = "%7s  %-10s  %9s  %9s  %18s  %9s  %9s  %8s  %6s";

  private final Console console;

  SweepTable(Console console) {
    this.console = console;
  }

  void head(Sweep sweep) {
    console.say("");
    console.say(
        ROW,
        sweep.quantity().text(),
        "backend",
        "training",
        "one step",
        "(min to max)",
        "encoding",
        "decoding",
        "1st step",
        "memory");
    console.say(ROW, "", "", "images/s", "ms", "ms", "images/s", "images/s", "ms", "MiB");
  }

  void row(SweepPoint point) {
    Reading reading = point.reading();
    if (reading == null) {
      console.say(
          "%7d  %-10s  failed: %s",
          point.value(), point.backend(), String.valueOf(point.failure()));
      return;
    }
    Pace steps = reading.steps();
    console.say(
        ROW,
        point.value(),
        point.backend(),
        whole(steps.median() * reading.batch()),
        millis(steps.median()),
        "(" + millis(steps.max()) + " to " + millis(steps.min()) + ")",
        whole(reading.encodedImages()),
        whole(reading.decodedImages()),
        whole(reading.firstStepMillis()),
        whole(reading.peakMebibytes()));
  }

  /** How long one of so many a second takes, with three digits that count. */
  private static String millis(double perSecond) {
    double millis = 1000 / perSecond;
    String format = millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, millis);
  }

  private static String whole(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.0f", value);
  }

  /** One sweep: what varied, and for each point all that {@code vae speed} tells of it. */
  static ObjectNode json(Sweep sweep, List<SweepPoint> points) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sweep", sweep.quantity().text());
    ArrayNode rows = json.putArray("points");
    for (SweepPoint point : points) {
      ObjectNode row = rows.addObject();
      row.put("value", point.value());
      row.put("backend", point.backend());
      row.put("failure", point.failure());
      Reading reading = point.reading();
      if (reading != null) {
        row.setAll(reading.json());
      }
    }
    return json;
  }
}

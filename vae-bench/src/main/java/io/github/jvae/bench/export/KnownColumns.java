package io.github.jvae.bench.export;

import io.github.jvae.data.Condition;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.Labels;
import io.github.jvae.internal.file.AtomicFile;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known beside each example, as columns: its place in the data, its label and other
 * conditions (of classes the number, from 0), and the factors it was made of.
 */
public final class KnownColumns {
  private static final int BUFFER = 1 << 16;

  private final Examples examples;
  private final List<Condition> conditions;
  private final Optional<Factors> factors;

  public KnownColumns(Examples examples) {
    this.examples = examples;
    this.conditions = examples.conditions();
    this.factors = examples.factors();
  }

  /** Returns the names; of a condition of several numbers one each. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    names.add("row");
    for (Condition condition : conditions) {
      int size = condition.shape().size();
      if (condition instanceof Labels || size == 1) {
        names.add(condition.name());
      } else {
        for (int i = 0; i < size; i++) {
          names.add(condition.name() + "_" + i);
        }
      }
    }
    factors.ifPresent(known -> names.addAll(known.names()));
    return names;
  }

  /** Appends the cells of an example, with commas between. */
  void append(StringBuilder line, int example) {
    line.append(example);
    for (Condition condition : conditions) {
      if (condition instanceof Labels labels) {
        line.append(',').append(labels.label(example));
      } else {
        float[] numbers = new float[condition.shape().size()];
        condition.read(example, numbers, 0);
        for (float number : numbers) {
          line.append(',').append(number);
        }
      }
    }
    factors.ifPresent(known -> {
      for (int i = 0; i < known.names().size(); i++) {
        line.append(',').append(known.value(example, i));
      }
    });
  }

  /**
   * Writes these columns alone, a row per example.
   *
   * @throws io.github.jvae.error.VaeException if the file cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, channel -> {
      Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), BUFFER);
      CsvFile.writeNames(writer, names());
      for (int example = 0; example < examples.size(); example++) {
        StringBuilder line = new StringBuilder();
        append(line, example);
        writer.append(line).append('\n');
      }
      writer.flush();
    });
  }
}

package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.option.DataOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.data.Condition;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Factors;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.data.source.NamedData;
import io.github.jvae.data.table.TableSchema;
import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae data}. */
@Command(
    name = "data",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Says what a data set holds, and shows some of it; without one, lists those with names.",
      ""
    })
public final class DataCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME|PATH",
      arity = "0..1",
      description =
          "shapes, mnist, fashion-mnist or cifar10; or a path: a table (.csv, .tsv), arrays (.npy,"
              + " .npz, .mat, IDX), CIFAR-10's batches, or a folder of images. Without it, the names are"
              + " listed.")
  private @Nullable String source;

  @Mixin
  private DataOptions dataOptions = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "A picture of the first training images to write.")
  private @Nullable Path picture;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = PositiveInteger.class,
      defaultValue = "64",
      description = "How many images --out shows. Default: ${DEFAULT-VALUE}.")
  private int count = 64;

  @Option(
      names = "--schema-out",
      paramLabel = "FILE.json",
      description = "A file for what the columns of a table are, as --schema takes it.")
  private @Nullable Path schemaFile;

  @Option(
      names = "--classes",
      description =
          "List the classes of each condition, a line each, with the number of examples in"
              + " each part.")
  private boolean classes;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    if (source == null) {
      console.result(list(console));
      return 0;
    }
    DataParts data = dataOptions.open(source, console);
    console.say("%s: %s", data.name(), data.origin());
    console.say(
        data.shape().rank() == 3
            ? "images of %s (channels, height, width)"
            : data.train().columns().isPresent() ? "rows of %s columns" : "examples of %s",
        data.shape());
    JsonResult result = new JsonResult()
        .put("name", data.name())
        .put("origin", data.origin())
        .put("shape", array(data.shape().toArray()))
        .put("train", part("train", data.train(), console).toJson())
        .put("test", part("test", data.test(), console).toJson())
        .put("validation", validation(data, console))
        .put("factors", factors(data.train(), console))
        .put("conditions", conditions(data.train(), console))
        .put("notes", notes(data));
    if (schemaFile != null) {
      schema(data).write(schemaFile);
      console.say("%s: what the columns are", schemaFile);
      result.put("schema_out", schemaFile.toString());
    }
    if (classes) {
      ClassTable.of(data).tell(console);
    }
    if (picture != null) {
      ImageExamples.requireShape(data.train(), "a picture");
      int shown = Math.min(count, data.train().size());
      ImageGrid.of(data.train().tensor(IntStream.range(0, shown).toArray())).write(picture);
      console.say("%s: the first %d training images", picture, shown);
      result.put("out", picture.toString());
    }
    console.result(result);
    return 0;
  }

  private static TableSchema schema(DataParts data) {
    return data.reading()
        .flatMap(TableSchema::of)
        .orElseThrow(() -> new DataException(
            Quote.path(data.name()) + " is no table and has no schema; leave out --schema-out"));
  }

  private static JsonResult list(Console console) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (NamedData data : DataSource.standard().named()) {
      console.say("%-14s %s", data.name(), data.description());
      rows.addObject().put("name", data.name()).put("description", data.description());
    }
    return new JsonResult().put("data", rows);
  }

  private static JsonResult part(String name, Examples images, Console console) {
    JsonResult result = images.columns().isPresent()
        ? new JsonResult().put("rows", images.size()).put("sha256", images.sha256())
        : moments(name, images, console);
    images.columns().ifPresent(columns -> {
      console.say("%s: %d rows, SHA-256 %s", name, images.size(), images.sha256());
      result.put("columns", ColumnLines.tell(images, columns, console));
    });
    images
        .labels()
        .ifPresent(labels -> result.put("classes", classes(labels, console).toJson()));
    return result;
  }

  private static JsonResult moments(String name, Examples images, Console console) {
    ElementMoments pixels = ElementMoments.ofAll(images);
    console.say(
        "%s: %d %s, %s mean %.4f and standard deviation %.4f, SHA-256 %s",
        name,
        images.size(),
        images.shape().rank() == 3 ? "images" : "examples",
        images.shape().rank() == 3 ? "pixel" : images.elements(),
        pixels.mean(0),
        pixels.standardDeviation(0),
        images.sha256());
    return new JsonResult()
        .put("images", images.size())
        .put("pixel_mean", pixels.mean(0))
        .put("pixel_std", pixels.standardDeviation(0))
        .put("sha256", images.sha256());
  }

  private static JsonNode validation(DataParts data, Console console) {
    return data.validation()
        .<JsonNode>map(part -> part("validation", part, console).toJson())
        .orElseGet(JsonNodeFactory.instance::nullNode);
  }

  private static JsonResult classes(Labels labels, Console console) {
    int[] counts = labels.counts();
    JsonResult result = new JsonResult();
    StringBuilder line = new StringBuilder();
    for (int label = 0; label < counts.length; label++) {
      String name = labels.className(label);
      result.put(name, counts[label]);
      line.append(line.isEmpty() ? "" : ", ").append(name).append(' ').append(counts[label]);
    }
    console.say("  classes: %s", line);
    return result;
  }

  private static ArrayNode factors(Examples images, Console console) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    Factors factors = images.factors().orElse(null);
    if (factors != null) {
      factors.names().forEach(names::add);
      console.say("known factors: %s", String.join(", ", factors.names()));
    }
    return names;
  }

  /** What 'vae train' takes for --condition. */
  private static ArrayNode conditions(Examples images, Console console) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (Condition condition : images.conditions()) {
      names.add(condition.name());
      console.say(
          "condition %s: %s",
          condition.name(),
          condition instanceof Labels labels
              ? labels.classes() + " classes"
              : "measured numbers " + condition.shape());
    }
    return names;
  }

  private static ArrayNode notes(DataParts data) {
    ArrayNode notes = JsonNodeFactory.instance.arrayNode();
    data.notes().forEach(notes::add);
    return notes;
  }

  private static ArrayNode array(int... values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int value : values) {
      array.add(value);
    }
    return array;
  }
}

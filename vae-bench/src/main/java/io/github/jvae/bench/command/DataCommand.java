package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.image.ImageGrid;
import io.github.jvae.bench.option.DataOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.PositiveInteger;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.Factors;
import io.github.jvae.data.ImageData;
import io.github.jvae.data.PixelMoments;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    description = {"Says what a data set holds, and shows some of it.", ""})
public final class DataCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME|PATH",
      description = "shapes, mnist, fashion-mnist or cifar10; or a folder of IDX files, of CIFAR-10"
          + " batches or of images.")
  private String source = "";

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

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    ImageData data = dataOptions.open(source, null, console);
    console.say("%s: %s", data.name(), data.origin());
    console.say("images of %s (channels, height, width)", data.imageShape());
    JsonResult result = new JsonResult()
        .put("name", data.name())
        .put("origin", data.origin())
        .put("shape", array(data.imageShape().toArray()))
        .put("train", part("train", data.train(), console).toJson())
        .put("test", part("test", data.test(), console).toJson())
        .put("factors", factors(data.train(), console))
        .put("notes", notes(data));
    if (picture != null) {
      int shown = Math.min(count, data.train().size());
      ImageGrid.of(data.train().images(IntStream.range(0, shown).toArray())).write(picture);
      console.say("%s: the first %d training images", picture, shown);
      result.put("out", picture.toString());
    }
    console.result(result);
    return 0;
  }

  private static JsonResult part(String name, Dataset images, Console console) {
    PixelMoments pixels = PixelMoments.of(images, Binarization.NONE).overall();
    console.say(
        "%s: %d images, pixel mean %.4f and standard deviation %.4f, SHA-256 %s",
        name, images.size(), pixels.mean(0), pixels.standardDeviation(0), images.sha256());
    JsonResult result = new JsonResult()
        .put("images", images.size())
        .put("pixel_mean", pixels.mean(0))
        .put("pixel_std", pixels.standardDeviation(0))
        .put("sha256", images.sha256());
    if (images.hasLabels()) {
      result.put("classes", classes(images, console).toJson());
    }
    return result;
  }

  private static JsonResult classes(Dataset images, Console console) {
    int[] counts = new int[0];
    for (int i = 0; i < images.size(); i++) {
      int label = images.label(i);
      counts = label < counts.length ? counts : Arrays.copyOf(counts, label + 1);
      counts[label]++;
    }
    JsonResult result = new JsonResult();
    List<String> names = images.classNames();
    StringBuilder line = new StringBuilder();
    for (int label = 0; label < Math.max(counts.length, names.size()); label++) {
      String name = label < names.size() ? names.get(label) : Integer.toString(label);
      int number = label < counts.length ? counts[label] : 0;
      result.put(name, number);
      line.append(line.isEmpty() ? "" : ", ").append(name).append(' ').append(number);
    }
    console.say("  classes: %s", line);
    return result;
  }

  private static ArrayNode factors(Dataset images, Console console) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    Factors factors = images.factors().orElse(null);
    if (factors != null) {
      factors.names().forEach(names::add);
      console.say("known factors: %s", String.join(", ", factors.names()));
    }
    return names;
  }

  private static ArrayNode notes(ImageData data) {
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

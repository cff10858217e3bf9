package io.github.jvae.data.array;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Labels;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the IDX files of a data set by the names they go by: {@code train-images-idx3-ubyte},
 * {@code t10k-images-idx3-ubyte} (or {@code test-…}), {@code validation-…} and the labels next to
 * them, with or without {@code .gz}, and with the dot some copies have
 * ({@code train-images.idx3-ubyte}).
 */
public final class IdxFolder {
  private static final Pattern IMAGES = Pattern.compile("(.*)images[-.]idx3-ubyte(\\.gz)?");

  /** Files of whatever numbers, by the part and what they hold, such as {@code train-data}. */
  private static final Pattern ARRAYS = Pattern.compile("(.+)[-.]idx\\d+-[a-z0-9]+(\\.gz)?");

  private static final List<String> SEPARATORS = List.of("-", ".");

  private IdxFolder() {}

  /** The images of a part, such as {@code train}, in a folder. */
  public static Optional<Path> images(Path folder, String part) {
    return find(folder, part + "-images", 3);
  }

  private static Optional<Path> find(Path folder, String stem, int axes) {
    // A plain file before a compressed one: it needs no unpacking.
    return Stream.of("", ".gz")
        .flatMap(suffix -> SEPARATORS.stream()
            .map(separator -> stem + separator + "idx" + axes + "-ubyte" + suffix))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Returns whether a folder holds IDX files, of whatever part. */
  static boolean isOne(Path folder) {
    return !list(folder, ARRAYS).isEmpty();
  }

  /** Returns whether a folder holds IDX files of images in bytes, of whatever part. */
  static boolean hasImages(Path folder) {
    return !list(folder, IMAGES).isEmpty();
  }

  /** Returns all IDX files of a folder as arrays, a plain file before a compressed one. */
  static List<NamedArray> arrays(Path folder) {
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    for (Path file : list(folder, ARRAYS)) {
      Matcher matcher = ARRAYS.matcher(fileName(file));
      if (matcher.matches()) {
        StoredArray array = IdxReader.array(file);
        String name = matcher.group(1);
        arrays.putIfAbsent(name, NamedArray.of(name, array.header(), () -> array));
      }
    }
    return List.copyOf(arrays.values());
  }

  private static List<Path> list(Path folder, Pattern names) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> Files.isRegularFile(file) && names.matcher(fileName(file)).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileFault.unreadable(folder, e);
    }
  }

  private static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /**
   * Reads the parts.
   *
   * @throws VaeException if one of the two is missing, or a file is not in order
   */
  public static DataParts open(Path folder, String name, List<String> classNames) {
    Optional<Path> train = images(folder, "train");
    Optional<Path> test = images(folder, "t10k").or(() -> images(folder, "test"));
    if (train.isEmpty() && test.isEmpty()) {
      return openOnly(folder, name, classNames);
    }
    Optional<Path> validation = images(folder, "validation");
    Path trainFile = train.orElseThrow(() -> missing(folder, "train-images-idx3-ubyte"));
    Path testFile = test.orElseThrow(() -> missing(folder, "t10k-images-idx3-ubyte"));
    int classes = classes(Stream.concat(Stream.of(trainFile, testFile), validation.stream()));
    return new DataParts(
        name,
        read(trainFile, name, classNames, classes),
        validation.map(file -> read(file, name, classNames, classes)),
        read(testFile, name, classNames, classes),
        folder.toString(),
        List.of());
  }

  /** Counts the classes of all parts together: one may lack the last class. */
  private static int classes(Stream<Path> images) {
    return images
            .flatMap(file -> labelsOf(file).stream())
            .flatMapToInt(file -> Arrays.stream(IdxReader.labels(file)))
            .max()
            .orElse(0)
        + 1;
  }

  private static DataParts openOnly(Path folder, String name, List<String> classNames) {
    List<Path> files = new ArrayList<>(list(folder, IMAGES));
    if (files.size() != 1) {
      throw FileFault.of(
          folder, "holds " + files.size() + " IDX files of images", "name one of them");
    }
    return DataParts.split(read(files.get(0), name, classNames), files.get(0).toString());
  }

  private static VaeException missing(Path folder, String file) {
    return FileFault.of(folder, "has no " + file + "[.gz]", "put it there");
  }

  /** Reads images and, where they lie next to them, their labels. */
  static ImageExamples read(Path file, String name, List<String> classNames) {
    return read(file, name, classNames, classes(Stream.of(file)));
  }

  private static ImageExamples read(Path file, String name, List<String> classNames, int classes) {
    ImageExamples images = IdxReader.images(file, name);
    Optional<Path> labelFile = labelsOf(file);
    if (labelFile.isEmpty()) {
      return images;
    }
    int[] labels = IdxReader.labels(labelFile.get());
    if (labels.length != images.size()) {
      throw FileFault.damaged(
          file,
          "has " + images.size() + " images but " + Quote.path(labelFile.get()) + " has "
              + labels.length + " labels");
    }
    return images.withLabels(
        classNames.isEmpty()
            ? Labels.of(Labels.NAME, labels, classes)
            : Labels.of(Labels.NAME, labels, classNames));
  }

  private static Optional<Path> labelsOf(Path file) {
    Matcher matcher = IMAGES.matcher(fileName(file));
    return matcher.matches()
        ? find(file.resolveSibling(""), matcher.group(1) + "labels", 1)
        : Optional.empty();
  }
}

package io.github.jvae.data.array;

import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder of nothing but files of arrays, all of one ending; hidden files do not count. */
final class ArrayFolder {
  private ArrayFolder() {}

  /** Returns whether a folder holds files of an ending and nothing else. */
  static boolean isOne(Path folder, String ending) {
    List<Path> all = visible(folder);
    return !all.isEmpty() && all.stream().allMatch(file -> hasEnding(file, ending));
  }

  private static List<Path> visible(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !fileName(file).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw FileFault.unreadable(folder, e);
    }
  }

  private static boolean hasEnding(Path file, String ending) {
    return fileName(file).toLowerCase(Locale.ROOT).endsWith(ending) && Files.isRegularFile(file);
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * Returns the arrays of all files, each called by its file where that holds one array, and by the
   * file and its own name where it may hold several.
   *
   * @param reading the arrays of a file, each by its own name; an empty one is not put behind the
   *     file's
   */
  static List<NamedArray> arrays(
      Path folder, String ending, Function<Path, List<NamedArray>> reading) {
    List<NamedArray> arrays = new ArrayList<>();
    for (Path file : visible(folder)) {
      String name = fileName(file);
      String stem = name.substring(0, name.length() - ending.length());
      for (NamedArray array : reading.apply(file)) {
        String whole = array.name().isEmpty() ? stem : part(stem) + "_" + array.name();
        arrays.add(new NamedArray(whole, array.header(), array.reading()));
      }
    }
    return arrays;
  }

  /** Returns the word of a part that a name begins with, as in {@code train_32x32}; else all. */
  private static String part(String stem) {
    return ArrayNames.partWord(stem).orElse(stem);
  }
}

package io.github.jvae.data.array;

import io.github.jvae.data.Part;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds arrays by the names that they usually go by: {@code x}, {@code data}, {@code imgs} and the
 * like for examples, {@code y}, {@code labels} and the like for what goes with them, each alone or
 * with the name of a part before or behind it, as in {@code x_train}, {@code test_images} and
 * {@code testdata}.
 */
final class ArrayNames {
  /** Those of examples, the surest first. */
  private static final List<String> EXAMPLES = List.of(
      "x",
      "data",
      "imgs",
      "images",
      "img",
      "image",
      "features",
      "inputs",
      "samples",
      "ff",
      "arr_0");

  /** Those of labels, the surest first. */
  private static final List<String> LABELS =
      List.of("y", "label", "labels", "target", "targets", "classes", "latents_classes");

  private static final Map<String, Part> PARTS = Map.of(
      "train", Part.TRAIN,
      "training", Part.TRAIN,
      "val", Part.VALIDATION,
      "valid", Part.VALIDATION,
      "validation", Part.VALIDATION,
      "test", Part.TEST,
      "testing", Part.TEST,
      "t10k", Part.TEST);

  private final List<NamedArray> arrays;

  ArrayNames(List<NamedArray> arrays) {
    this.arrays = arrays;
  }

  /** Returns the examples of a part; of what is no part's if none is named. */
  Optional<NamedArray> examples(Optional<Part> part) {
    return find(EXAMPLES, part);
  }

  /** Returns the labels of a part; of what is no part's if none is named. */
  Optional<NamedArray> labels(Optional<Part> part) {
    return find(LABELS, part);
  }

  /** Returns the only array of two axes or more that is not called as labels are. */
  Optional<NamedArray> onlyExamples() {
    List<NamedArray> candidates = arrays.stream()
        .filter(array -> array.rank() > 1 || arrays.size() == 1)
        .filter(array -> LABELS.stream().noneMatch(stem -> isCalled(array, stem)))
        .toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private Optional<NamedArray> find(List<String> stems, Optional<Part> part) {
    return stems.stream()
        .flatMap(stem -> arrays.stream().filter(array -> isCalled(array, stem, part)))
        .findFirst();
  }

  /** Returns the word for a part that a name begins with, such as {@code train}. */
  static Optional<String> partWord(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return PARTS.keySet().stream()
        .filter(word -> lower.matches(word + "([_.-].*)?"))
        .findFirst();
  }

  private static boolean isCalled(NamedArray array, String stem) {
    return isCalled(array, stem, Optional.empty())
        || Stream.of(Part.values()).anyMatch(part -> isCalled(array, stem, Optional.of(part)));
  }

  private static boolean isCalled(NamedArray array, String stem, Optional<Part> part) {
    String name = array.name().toLowerCase(Locale.ROOT);
    if (part.isEmpty()) {
      return name.equals(stem);
    }
    return PARTS.entrySet().stream()
        .filter(word -> word.getValue() == part.get())
        .map(Map.Entry::getKey)
        .anyMatch(
            word -> name.matches(word + "[_.-]?" + stem) || name.matches(stem + "[_.-]?" + word));
  }
}

package io.github.jvae.checkpoint;

import io.github.jvae.error.FileException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the tensors of a file with those that a model has. */
final class TensorMismatch {
  private static final int LISTED = 5;

  private TensorMismatch() {}

  /** Every fault at once: whoever mends one name wants to see the others too. */
  static void requireMatching(Path file, Map<String, Shape> actual, Map<String, Shape> expected) {
    List<String> missing = new ArrayList<>();
    List<String> different = new ArrayList<>();
    List<String> unexpected = new ArrayList<>();
    new TreeMap<>(expected).forEach((name, shape) -> {
      Shape found = actual.get(name);
      if (found == null) {
        missing.add(Quote.of(name) + " " + shape);
      } else if (!found.equals(shape)) {
        different.add(Quote.of(name) + " is " + Quote.bare(found) + ", not " + shape);
      }
    });
    new TreeMap<>(actual).forEach((name, shape) -> {
      if (!expected.containsKey(name)) {
        unexpected.add(Quote.of(name) + " " + Quote.bare(shape));
      }
    });
    List<String> faults = new ArrayList<>();
    describe("missing", missing, faults);
    describe("of another shape", different, faults);
    describe("unexpected", unexpected, faults);
    if (!faults.isEmpty()) {
      throw new FileException(
          file,
          Quote.path(file)
              + " does not hold the tensors of this model: "
              + String.join("; ", faults)
              + "; use the configuration it was saved with, or the file of this model",
          null);
    }
  }

  private static void describe(String kind, List<String> found, List<String> faults) {
    if (!found.isEmpty()) {
      String listed = String.join(", ", found.subList(0, Math.min(LISTED, found.size())));
      String more = found.size() > LISTED ? " and " + (found.size() - LISTED) + " more" : "";
      faults.add(found.size() + " " + kind + " (" + listed + more + ")");
    }
  }
}

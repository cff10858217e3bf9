package io.github.jvae.data.array;

import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataPath;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Part;
import io.github.jvae.data.array.ArrayOptions.CountingAxis;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a data set of the arrays that a file holds. */
final class ArrayDataSet {
  /** The examples of a part and what goes with them. */
  private record Source(
      @Nullable Part part, NamedArray examples, Optional<NamedArray> labels, StoredArray array) {}

  private final DataPath path;
  private final List<NamedArray> arrays;
  private final ArrayNames names;
  private final ArrayOptions options;
  private final boolean matlab;
  private final List<String> notes = new ArrayList<>();

  private ArrayDataSet(
      DataPath path, List<NamedArray> arrays, ArrayOptions options, boolean matlab) {
    this.path = path;
    this.arrays = arrays;
    this.names = new ArrayNames(arrays);
    this.options = options;
    this.matlab = matlab;
  }

  /**
   * Makes a data set.
   *
   * @param path the file, for messages
   * @param arrays all that it holds
   * @param matlab whether it is a file of MATLAB's, where mostly the last axis counts
   * @throws VaeException if there are no examples among them, or they do not fit together
   */
  static DataParts of(
      DataPath path, List<NamedArray> arrays, ArrayOptions options, boolean matlab) {
    return new ArrayDataSet(path, arrays, options, matlab).open();
  }

  private DataParts open() {
    List<Source> sources = sources();
    ElementsOfArrays elements =
        ElementsOfArrays.of(sources.stream().map(Source::array).toList(), options.elements());
    List<Examples> parts = new ArrayList<>(
        sources.stream().map(source -> examples(source, elements)).toList());
    label(sources, parts);
    noteRounding(sources, elements);
    notePassedOver(sources);
    return assemble(sources, parts).withNotes(notes);
  }

  private DataParts assemble(List<Source> sources, List<Examples> parts) {
    String origin = path.path().toString();
    Optional<Examples> validation = part(sources, parts, Part.VALIDATION);
    DataParts data = part(sources, parts, Part.TEST)
        .map(test -> new DataParts(path.name(), parts.get(0), test, origin))
        .orElseGet(() -> DataParts.split(parts.get(0), origin));
    return validation.isEmpty() ? data : data.withValidation(data.train(), validation.get());
  }

  private static Optional<Examples> part(List<Source> sources, List<Examples> parts, Part part) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).part() == part) {
        return Optional.of(parts.get(i));
      }
    }
    return Optional.empty();
  }

  /** The training part, then those others that there are. */
  private List<Source> sources() {
    if (!options.array().isEmpty()) {
      return List.of(source(null, named("array", options.array()), Optional.empty()));
    }
    Optional<NamedArray> train = names.examples(Optional.of(Part.TRAIN));
    Optional<NamedArray> all = names.examples(Optional.empty());
    if (train.isEmpty() && all.isEmpty()) {
      NamedArray only = names.onlyExamples().orElseThrow(this::noExamples);
      return List.of(source(null, only, Optional.empty()));
    }
    List<Source> sources = new ArrayList<>();
    // 'x' beside 'x_train' is all of it, or something else; 'data' beside 'testdata' is the rest.
    sources.add(
        train.isPresent()
            ? source(Part.TRAIN, train.get(), Optional.of(Part.TRAIN))
            : source(Part.TRAIN, all.orElseThrow(), Optional.empty()));
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      names
          .examples(Optional.of(part))
          .ifPresent(array -> sources.add(source(part, array, Optional.of(part))));
    }
    return sources;
  }

  private Source source(@Nullable Part part, NamedArray examples, Optional<Part> named) {
    Optional<NamedArray> labels = options.label().isEmpty()
        ? names.labels(named).filter(array -> !array.equals(examples))
        : Optional.of(named("label", options.label()));
    if (labels.isPresent() && labels.get().header().isEmpty() && options.label().isEmpty()) {
      notes.add(path.name() + ": passed over the labels " + labels.get());
      labels = Optional.empty();
    }
    return new Source(part, examples, labels, examples.read());
  }

  private NamedArray named(String option, String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(() -> FileFault.of(
            path.path(),
            "has no array " + Quote.of(name) + ", but " + NamedArray.list(arrays),
            "name one of them with --" + option));
  }

  private VaeException noExamples() {
    if (arrays.isEmpty()) {
      return FileFault.of(path.path(), "has no array in it", "fetch or make the file again");
    }
    return FileFault.of(
        path.path(),
        "has no array that is plainly one of examples, but " + NamedArray.list(arrays),
        "name one of them with --array");
  }

  private Examples examples(Source source, ElementsOfArrays elements) {
    ExampleLayout layout = ArrayAxes.layout(source.array(), counting(source), options.layout());
    if (layout.isScattered()) {
      notes.add(path.name() + ": the numbers of an example of " + source.examples()
          + " lie far apart, which is slow to read; np.ascontiguousarray puts them together");
    }
    boolean images = elements.kind() == ElementKind.BYTES
        && source.array().header().stored() == ElementType.UINT8
        && layout.shape().rank() == 3
        && options.layout() != ArrayOptions.AxisLayout.PLAIN;
    return images
        ? ImageExamples.of(path.name(), layout.shape(), layout.pixels())
        : ArrayExamples.of(
            path.name(), layout.shape(), elements.kind(), layout.numbers(elements.scale()));
  }

  private CountingAxis counting(Source source) {
    ArrayHeader header = source.array().header();
    if (options.examples() != CountingAxis.AUTO || !matlab) {
      return options.examples();
    }
    OptionalLong labels = source.labels().stream()
        .flatMap(array -> array.header().stream())
        .mapToLong(beside -> beside.extents().stream().mapToLong(e -> e).max().orElse(1))
        .findFirst();
    CountingAxis axis = ArrayAxes.ofMatlab(header, labels);
    int examples = axis == CountingAxis.FIRST ? 0 : header.rank() - 1;
    notes.add(path.name() + ": " + source.examples() + " is taken for " + header.extent(examples)
        + " examples along its " + (axis == CountingAxis.FIRST ? "first" : "last")
        + " axis; --examples says otherwise");
    return axis;
  }

  private void label(List<Source> sources, List<Examples> parts) {
    long labelled =
        sources.stream().filter(source -> source.labels().isPresent()).count();
    if (labelled < sources.size()) {
      if (labelled > 0) {
        notes.add(path.name() + ": no labels, as only some parts have them");
      }
      return;
    }
    List<LabelArray> labels = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      labels.add(LabelArray.of(
          source.labels().orElseThrow(), parts.get(i), source.array().header()));
    }
    List<Double> classes = LabelArray.classes(labels);
    for (int i = 0; i < sources.size(); i++) {
      parts.set(i, labels.get(i).beside(parts.get(i), classes));
    }
  }

  private void noteRounding(List<Source> sources, ElementsOfArrays elements) {
    if (elements.rounded()) {
      notes.add(path.name() + ": " + sources.get(0).examples()
          + " has whole numbers beyond 16,777,216, which are rounded to single precision");
    }
  }

  private void notePassedOver(List<Source> sources) {
    List<NamedArray> used = sources.stream()
        .flatMap(source -> Stream.concat(Stream.of(source.examples()), source.labels().stream()))
        .toList();
    List<NamedArray> others =
        arrays.stream().filter(array -> !used.contains(array)).toList();
    if (!others.isEmpty()) {
      notes.add(path.name() + ": took " + NamedArray.list(used) + ", passed over "
          + NamedArray.list(others));
    }
  }
}

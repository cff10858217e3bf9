package io.github.jvae.onnx.internal;

import io.github.jvae.error.VaeException;
import io.github.jvae.onnx.internal.OnnxPort.Extent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a graph for inputs of any extents out of recordings, each of which is for given ones. A
 * computation is recorded with several sizes, primes that nothing else has, and whatever differs
 * follows from them: extents in {@code Reshape}, {@code Expand} and {@code Slice}, and constants
 * that repeat the same row. What differs otherwise is refused.
 */
public final class OpenExtents {
  /** Two sizes of each extent, which tell the forms, and a third to see that those hold. */
  private static final int[][] SIZES = {{61, 83, 47}, {17, 29, 13}};

  private final List<String> symbols;
  private final long[][] sizes;

  /** @param symbols the names of the open extents, at most two */
  public OpenExtents(String... symbols) {
    this.symbols = List.of(symbols);
    this.sizes = new long[symbols.length][];
    for (int i = 0; i < symbols.length; i++) {
      sizes[i] = new long[] {SIZES[i][0], SIZES[i][1]};
    }
  }

  /**
   * Returns the graph for any extents.
   *
   * @param recording records it for some sizes, by the names of the extents
   * @param what it is, for messages
   * @throws VaeException if the recordings differ in more than what follows from the extents
   */
  public OnnxModel graph(Function<Map<String, Integer>, OnnxModel> recording, String what) {
    List<OnnxModel> models = new ArrayList<>();
    for (int combination = 0; combination < 1 << symbols.size(); combination++) {
      models.add(recording.apply(named(combination)));
    }
    models.add(recording.apply(checking()));
    OnnxModel first = models.get(0);
    for (OnnxModel other : models) {
      if (!other.nodes().equals(first.nodes())
          || !other.data().keySet().equals(first.data().keySet())) {
        throw notOpen(what, "its operations");
      }
    }
    return new Opening(models, what).model();
  }

  private Map<String, Integer> named(int combination) {
    Map<String, Integer> named = new LinkedHashMap<>();
    for (int i = 0; i < symbols.size(); i++) {
      named.put(symbols.get(i), SIZES[i][combination >> i & 1]);
    }
    return named;
  }

  private Map<String, Integer> checking() {
    Map<String, Integer> named = new LinkedHashMap<>();
    for (int i = 0; i < symbols.size(); i++) {
      named.put(symbols.get(i), SIZES[i][2]);
    }
    return named;
  }

  private long[] checkingSizes() {
    return checking().values().stream().mapToLong(Integer::longValue).toArray();
  }

  private VaeException notOpen(String what, String fault) {
    return new VaeException("cannot write " + what + " to ONNX: " + fault + " depend(s) on the "
        + String.join(" and ", symbols)
        + " in a way that a graph for every size cannot have");
  }

  /** One graph that is being opened. */
  private final class Opening {
    private final List<OnnxModel> models;
    private final String what;
    private final ExtentNodes extents;
    private final Map<String, OnnxData> data = new LinkedHashMap<>();

    /** The forms of vectors that stand for shapes. */
    private final Map<String, List<ExtentForm>> open = new LinkedHashMap<>();

    Opening(List<OnnxModel> models, String what) {
      this.models = models;
      this.what = what;
      List<OnnxPort> ports = ports(OnnxModel::inputs);
      this.extents = new ExtentNodes(symbols, ports);
    }

    OnnxModel model() {
      OnnxModel first = models.get(0);
      first.data().keySet().forEach(this::open);
      List<OnnxNode> nodes = first.nodes().stream().map(this::reshaping).toList();
      open.forEach((name, forms) -> {
        if (nodes.stream().anyMatch(node -> node.inputs().contains(name))) {
          extents.vector(name, forms);
        }
      });
      List<OnnxNode> all = new ArrayList<>(extents.nodes());
      all.addAll(nodes);
      data.putAll(extents.data());
      return new OnnxModel(
          all, data, ports(OnnxModel::inputs), ports(OnnxModel::outputs), Map.of());
    }

    private static OnnxData data(OnnxModel model, String name) {
      return Objects.requireNonNull(model.data().get(name));
    }

    private void open(String name) {
      List<OnnxData> each = models.stream().map(model -> data(model, name)).toList();
      if (each.stream().allMatch(each.get(0)::equals)) {
        data.put(name, each.get(0));
      } else if (each.get(0) instanceof OnnxData.Wholes wholes) {
        List<ExtentForm> forms = new ArrayList<>();
        for (int i = 0; i < wholes.values().size(); i++) {
          int place = i;
          forms.add(form(model -> ((OnnxData.Wholes) data(model, name)).values().get(place)));
        }
        open.put(name, forms);
      } else {
        repeat(name, each);
      }
    }

    /** A constant that repeats rows as often as an extent says. */
    private void repeat(String name, List<OnnxData> each) {
      List<ExtentForm> shape =
          shape(model -> ((OnnxData.Floats) data(model, name)).value().shape().toLongArray());
      List<Boolean> isOpen = shape.stream().map(form -> !form.isConstant()).toList();
      List<Optional<OnnxData>> rows = each.stream()
          .map(value -> RepeatedRows.once(((OnnxData.Floats) value).value(), isOpen)
              .map(once -> (OnnxData) new OnnxData.Floats(once)))
          .toList();
      if (rows.get(0).isEmpty() || !rows.stream().allMatch(rows.get(0)::equals)) {
        throw notOpen(what, "the numbers of a constant");
      }
      data.put(name + "/once", rows.get(0).orElseThrow());
      extents.expanded(name, name + "/once", shape);
    }

    /** Lets a reshape find out itself what is open, where that is one extent. */
    private OnnxNode reshaping(OnnxNode node) {
      if (!node.operator().equals("Reshape") || !open.containsKey(node.inputs().get(1))) {
        return node;
      }
      List<ExtentForm> forms = open.get(node.inputs().get(1));
      if (forms.stream().filter(form -> !form.isConstant()).count() != 1) {
        return node;
      }
      String name = node.inputs().get(1) + "/open";
      data.put(
          name,
          new OnnxData.Wholes(
              false,
              forms.stream()
                  .map(form -> form.isConstant() ? form.factors().get(0) : -1L)
                  .toList()));
      return node.withInputs(List.of(node.inputs().get(0), name));
    }

    private ExtentForm form(Function<OnnxModel, Long> value) {
      long[] values = new long[models.size() - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.apply(models.get(i));
      }
      return ExtentForm.through(values, sizes)
          .filter(form -> form.at(checkingSizes()) == value.apply(models.get(models.size() - 1)))
          .orElseThrow(() -> notOpen(what, "its shapes"));
    }

    private List<ExtentForm> shape(Function<OnnxModel, long[]> shape) {
      int rank = shape.apply(models.get(0)).length;
      List<ExtentForm> forms = new ArrayList<>();
      for (int axis = 0; axis < rank; axis++) {
        int place = axis;
        forms.add(form(model -> shape.apply(model)[place]));
      }
      return forms;
    }

    private List<OnnxPort> ports(Function<OnnxModel, List<OnnxPort>> side) {
      List<OnnxPort> ports = new ArrayList<>();
      for (int i = 0; i < side.apply(models.get(0)).size(); i++) {
        int place = i;
        List<ExtentForm> shape = shape(model -> side.apply(model).get(place).extents().stream()
            .mapToLong(Extent::size)
            .toArray());
        ports.add(new OnnxPort(
            side.apply(models.get(0)).get(i).name(),
            shape.stream().map(this::extent).toList()));
      }
      return ports;
    }

    private Extent extent(ExtentForm form) {
      return form.isConstant() ? Extent.of(form.factors().get(0)) : Extent.open(text(form));
    }

    /** A product by the names of its extents; other sums have none. */
    private String text(ExtentForm form) {
      for (int product = 1; product < form.factors().size(); product++) {
        int bits = product;
        if (form.equals(ExtentForm.product(product, form.factors().size()))) {
          return IntStream.range(0, symbols.size())
              .filter(i -> (bits & 1 << i) != 0)
              .mapToObj(symbols::get)
              .collect(Collectors.joining("_by_"));
        }
      }
      return "";
    }
  }
}

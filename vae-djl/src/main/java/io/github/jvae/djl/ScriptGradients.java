package io.github.jvae.djl;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the lines of a script that take the gradients of a loss.
 *
 * <p>Without a {@link DenseProduct} that is one {@code torch.grad} of all variables. Each such
 * product cuts the computation: {@code torch.grad} sees its result as a start and its input as an
 * end. So gradients are taken in stages, from the loss backwards; a stage asks for all those that
 * no later stage adds to, and from the gradients of products' results in it follow those of their
 * inputs, where the next stage goes on.
 */
final class ScriptGradients {
  private static final String OWNER = "gradients";

  private final ScriptText text;
  private final ScriptValue loss;
  private final Map<ScriptValue, DenseProduct> products = new LinkedHashMap<>();

  /** What a stage can ask for and has not yet: variables, and results of products. */
  private final Set<ScriptValue> wanted = new LinkedHashSet<>();

  /**
   * Where stages start: the loss and the inputs of products, by what {@code torch.grad} reaches.
   */
  private final Map<ScriptValue, Set<ScriptValue>> reachedFrom = new LinkedHashMap<>();

  /** Products that will add to a gradient, by the value it is of. */
  private final Map<ScriptValue, Set<DenseProduct>> awaited = new HashMap<>();

  /** What was added up so far, by the value it is the gradient of. */
  private final Map<ScriptValue, String> gradients = new HashMap<>();

  private int stages;

  private ScriptGradients(
      ScriptText text,
      ScriptValue loss,
      Collection<ScriptValue> variables,
      Collection<DenseProduct> products) {
    this.text = text;
    this.loss = loss;
    Set<ScriptValue> inLoss = ScriptText.reached(List.of(loss), true);
    for (DenseProduct product : products) {
      if (inLoss.contains(product.result())) {
        this.products.put(product.result(), product);
        wanted.add(product.result());
      }
    }
    wanted.addAll(variables);
  }

  /**
   * Writes the lines.
   *
   * @param variables those that the loss depends on
   * @param products those of the script
   * @return the name of each variable's gradient
   */
  static Map<ScriptValue, String> write(
      ScriptText text,
      ScriptValue loss,
      Collection<ScriptValue> variables,
      Collection<DenseProduct> products) {
    ScriptGradients writer = new ScriptGradients(text, loss, variables, products);
    writer.connect();
    while (!writer.wanted.isEmpty()) {
      writer.addStage();
    }
    return variables.stream()
        .collect(Collectors.toMap(
            variable -> variable,
            variable -> Objects.requireNonNull(writer.gradients.get(variable))));
  }

  /** Finds out what adds to which gradient. */
  private void connect() {
    reachedFrom.put(loss, wanted.contains(loss) ? Set.of(loss) : reached(loss));
    for (DenseProduct product : products.values()) {
      await(product.weight(), product);
      await(product.bias(), product);
      if (needsInputGradient(product)) {
        await(product.x(), product);
        if (!wanted.contains(product.x())) {
          reachedFrom.put(product.x(), reached(product.x()));
        }
      }
    }
  }

  private void await(ScriptValue value, DenseProduct product) {
    awaited.computeIfAbsent(value, v -> new HashSet<>()).add(product);
  }

  private boolean needsInputGradient(DenseProduct product) {
    return wanted.contains(product.x()) || !reached(product.x()).isEmpty();
  }

  /** The wanted values that {@code torch.grad} reaches from a value without passing through one. */
  private Set<ScriptValue> reached(ScriptValue from) {
    Set<ScriptValue> ends = new LinkedHashSet<>();
    Set<ScriptValue> seen = new HashSet<>();
    Deque<ScriptValue> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      ScriptValue value = open.remove();
      if (!seen.add(value)) {
        continue;
      }
      if (value != from && wanted.contains(value)) {
        ends.add(value);
      } else if (value.isDifferentiable()) {
        open.addAll(value.operands());
      }
    }
    return ends;
  }

  private boolean isComplete(ScriptValue value) {
    return awaited.getOrDefault(value, Set.of()).isEmpty();
  }

  private void addStage() {
    List<ScriptValue> due = wanted.stream()
        .filter(value -> isComplete(value) && startsOf(value).stream().allMatch(this::isComplete))
        .toList();
    due.forEach(wanted::remove);
    addTorchGradients(due);
    due.stream().map(products::get).filter(Objects::nonNull).forEach(this::addProductGradients);
  }

  private List<ScriptValue> startsOf(ScriptValue value) {
    return reachedFrom.entrySet().stream()
        .filter(entry -> entry.getValue().contains(value))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void addTorchGradients(List<ScriptValue> due) {
    List<ScriptValue> ends =
        due.stream().filter(value -> !startsOf(value).isEmpty()).toList();
    if (ends.isEmpty()) {
      return;
    }
    Set<ScriptValue> starts = new LinkedHashSet<>();
    ends.forEach(end -> starts.addAll(startsOf(end)));
    String stage = "stage" + stages++;
    boolean isLast = wanted.stream().allMatch(value -> startsOf(value).isEmpty());
    text.add(
        OWNER,
        stage + " = torch.grad(" + names(starts) + ", " + names(ends) + ", " + weights(starts)
            + ", " + (isLast ? "None" : "True") + ", False, True)");
    int number = 0;
    for (ScriptValue end : ends) {
      add(end, "torch._unwrap_optional(" + stage + "[" + number++ + "])");
    }
  }

  /** The gradients of a stage's starts; the loss' own is 1, which {@code None} stands for. */
  private String weights(Set<ScriptValue> starts) {
    if (starts.equals(Set.of(loss))) {
      return "None";
    }
    List<String> weights =
        starts.stream().map(start -> gradients.getOrDefault(start, "None")).toList();
    return "annotate(List[Optional[Tensor]], " + ScriptWriter.list(weights) + ")";
  }

  private static String names(Collection<ScriptValue> values) {
    return ScriptWriter.list(values.stream().map(ScriptValue::name).toList());
  }

  private void addProductGradients(DenseProduct product) {
    String gradient = Objects.requireNonNull(gradients.get(product.result()));
    add(product.weight(), product.weightGradient(gradient));
    add(product.bias(), product.biasGradient(gradient));
    if (awaited.getOrDefault(product.x(), Set.of()).contains(product)) {
      add(product.x(), product.inputGradient(gradient));
    }
    awaited.values().forEach(open -> open.remove(product));
  }

  /** Adds to the gradient of a value. */
  private void add(ScriptValue value, String code) {
    String name = "gradient_of_" + value.name();
    String before = gradients.put(value, name);
    text.add(
        OWNER, name + " = " + (before == null ? code : "torch.add(" + before + ", " + code + ")"));
  }
}

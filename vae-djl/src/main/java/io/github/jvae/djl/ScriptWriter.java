package io.github.jvae.djl;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a script of a recording.
 *
 * <p>A script takes the computation's inputs, its constants, the variables it uses and what the
 * kind of executable adds. It returns all results in one array, one after another, as each array
 * that crosses to Java costs some microseconds.
 */
final class ScriptWriter {
  /** The list of variables that have a gradient. */
  static final String TRAINED = "trained";

  private static final String RESULT = "result";

  private final DjlTrace trace;
  private final Memory memory;
  private final @Nullable ScriptValue loss;
  private final ScriptText text = new ScriptText();
  private final Map<StoredVariable, ScriptValue> trained = new LinkedHashMap<>();
  private final Map<ScriptValue, String> gradients;
  private final List<Consumer<CompiledTrace>> arguments = new ArrayList<>();
  private final List<Consumer<CompiledTrace>> results = new ArrayList<>();
  private final List<String> resultNames = new ArrayList<>();
  private final List<String> returned = new ArrayList<>(List.of(RESULT));

  /**
   * Writes the script as far as the outputs, and the gradients of the variables.
   *
   * @param loss what to take the gradients of; null for none
   */
  ScriptWriter(DjlTrace trace, Memory memory, List<DjlTensor> outputs, @Nullable ScriptValue loss) {
    this.trace = trace;
    this.memory = memory;
    this.loss = loss;
    List<ScriptValue> values = Stream.concat(
            outputs.stream().map(DjlTensor::unwrap), Stream.ofNullable(loss))
        .toList();
    trace.inputs().forEach(this::addInput);
    trace.constants().forEach(this::addConstant);
    trace.blockCalls().forEach(this::addBlockCall);
    addVariables(ScriptText.reached(values, false));
    text.addNeeded(trace.recorded(), values, this::line);
    gradients = loss == null || trained.isEmpty()
        ? Map.of()
        : ScriptGradients.write(text, loss, trained.values(), trace.products().values());
    addOrderOfMemory();
    outputs.forEach(output -> addResult(output.unwrap().name(), output.shape()));
  }

  private void addInput(ScriptValue name, Shape shape) {
    addArgument(name.name(), compiled -> compiled.input(memory.allocate(shape)));
  }

  private void addConstant(ScriptValue name, HostTensor value) {
    addArgument(name.name(), compiled -> compiled.constant(memory.constant(value)));
  }

  private void addBlockCall(ScriptValue name, BlockCall call) {
    int input = List.copyOf(trace.inputs().keySet()).indexOf(call.input());
    addArgument(
        name.name(), compiled -> compiled.blockCall(call, input, memory.allocate(call.output())));
  }

  private void addArgument(String name, Consumer<CompiledTrace> argument) {
    text.addArgument(name);
    arguments.add(argument);
  }

  private void addVariables(Set<ScriptValue> used) {
    Set<ScriptValue> reached = loss == null ? Set.of() : ScriptText.reached(List.of(loss), true);
    trace.reads().forEach((variable, value) -> {
      if (reached.contains(value)) {
        trained.put(variable, value);
      } else if (used.contains(value)) {
        addArgument(value.name(), compiled -> compiled.variable(variable));
      }
    });
    if (!trained.isEmpty()) {
      addVariables(TRAINED, trained());
    }
    int number = 0;
    for (ScriptValue value : trained.values()) {
      // What gradients are taken of shares the variable's memory, but not its history.
      text.add(
          "variables",
          value.name() + " = torch.requires_grad_(torch.detach(" + TRAINED + "[" + number++
              + "]), True)");
    }
  }

  private String line(ScriptValue value) {
    DenseProduct product = trace.products().get(value);
    return loss == null || product == null ? value.toString() : product.lineForGradients();
  }

  /** Whoever changes a variable in place goes over its memory and its gradient's side by side. */
  private void addOrderOfMemory() {
    for (StoredVariable variable : trained.keySet()) {
      String gradient = gradient(variable);
      text.add(
          "gradients",
          gradient + " = torch.contiguous(" + gradient + ", memory_format="
              + memory.format(variable.shape()) + ")");
    }
  }

  /** The variables that have a gradient. */
  List<StoredVariable> trained() {
    return List.copyOf(trained.keySet());
  }

  /** The gradient of a trained variable, which lies in memory as the variable does. */
  String gradient(StoredVariable variable) {
    return Objects.requireNonNull(gradients.get(trained.get(variable)));
  }

  /** Adds an input after those of the computation. */
  void addInput(String name, Shape shape) {
    addArgument(name, compiled -> compiled.input(memory.allocate(shape)));
  }

  /**
   * Adds a list of variables, or of what is kept beside them, as an argument. It may be changed in
   * place after the results are taken. Lists that a script makes itself may not: PyTorch takes the
   * change of one that nobody reads for dead code.
   */
  void addVariables(String list, List<StoredVariable> variables) {
    text.addListArgument(list);
    variables.forEach(variable -> arguments.add(compiled -> compiled.variable(variable, list)));
  }

  /** Adds a result after the outputs. */
  void addResult(String name, Shape shape) {
    resultNames.add(name);
    results.add(compiled -> compiled.result(shape));
  }

  /** Returns whether the loss reaches a variable. */
  boolean isTrained(StoredVariable variable) {
    return trained.containsKey(variable);
  }

  /** Adds the gradient of a variable as a result; it is zero if the loss does not use it. */
  void addGradient(StoredVariable variable) {
    if (isTrained(variable)) {
      addResult(gradient(variable), variable.shape());
    } else {
      results.add(compiled -> compiled.zeros(variable.shape()));
    }
  }

  /** Takes the results as they are now; lines that follow may change variables. */
  void takeResults() {
    List<String> flat =
        resultNames.stream().map(name -> "torch.reshape(" + name + ", [-1])").toList();
    if (flat.size() > 1) {
      text.add(RESULT, RESULT + " = torch.cat(" + list(flat) + ", 0)");
    } else if (loss == null) {
      text.add(RESULT, RESULT + " = torch.contiguous(" + flat.get(0) + ")");
    } else {
      text.add(RESULT, RESULT + " = torch.clone(" + flat.get(0) + ")");
    }
  }

  /** Returns the gradients of the trained variables, in their order, behind the results. */
  void returnGradients() {
    trained().forEach(variable -> returned.add(gradient(variable)));
  }

  /** What has been written so far, to add lines to. */
  ScriptText text() {
    return text;
  }

  static String list(List<String> elements) {
    return elements.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  /** Loads the script. */
  CompiledTrace finish() {
    if (returned.size() == 1) {
      text.addReturn(RESULT);
    } else {
      text.addListReturn(list(returned));
    }
    if (arguments.isEmpty()) {
      // DJL calls nothing without an argument.
      addInput("nothing", Shape.scalar());
    }
    CompiledTrace compiled = new CompiledTrace(memory.load(text), memory, trained());
    try {
      arguments.forEach(argument -> argument.accept(compiled));
      results.forEach(result -> result.accept(compiled));
      return compiled;
    } catch (RuntimeException | Error e) {
      compiled.close();
      throw e;
    }
  }
}

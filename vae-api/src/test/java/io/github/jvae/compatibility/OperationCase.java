package io.github.jvae.compatibility;

import io.github.jvae.backend.Computation;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * An operation on given operands.
 *
 * @param name what the test is called
 * @param operands the operands' numbers
 * @param body the operation
 */
record OperationCase(String name, List<HostTensor> operands, Function<List<Tensor>, Tensor> body) {

  static OperationCase unary(String name, HostTensor operand, Function<Tensor, Tensor> body) {
    return new OperationCase(name, List.of(operand), t -> body.apply(t.get(0)));
  }

  /** On numbers from [-2, 2) of these shapes. */
  static OperationCase of(String name, Function<List<Tensor>, Tensor> body, Shape... shapes) {
    List<HostTensor> operands = new ArrayList<>();
    Arrays.stream(shapes)
        .forEach(s -> operands.add(Numbers.uniform("operand " + operands.size(), s, -2, 2)));
    return new OperationCase(name, operands, body);
  }

  /** The operands as variables, so that there are gradients. */
  void declare(OpenBackend engine) {
    for (int i = 0; i < operands.size(); i++) {
      HostTensor value = operands.get(i);
      engine
          .backend()
          .variables()
          .create(new Parameter("operand." + i, value.shape(), new Initializer.Constant(0)), value);
    }
  }

  /** The operation on inputs. */
  Computation ofInputs() {
    return (trace, inputs) -> List.of(body.apply(inputs));
  }

  /**
   * The operation on variables, and first a loss that weighs each element of the result otherwise,
   * so that no gradient is hidden by symmetry.
   */
  Computation ofVariables() {
    return (trace, inputs) -> {
      List<Tensor> variables = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        variables.add(trace.parameter("operand." + i));
      }
      Tensor value = body.apply(variables);
      Tensor weights = trace.constant(Numbers.uniform("weights", value.shape(), 0.5, 1.5));
      return List.of(value.multiply(weights).sum(), value);
    };
  }

  /** Value and gradients on a backend are those of the reference. */
  void check(OpenBackend engine, OpenBackend reference, Closeness value, Closeness gradient) {
    declare(engine);
    declare(reference);
    HostTensor[] inputs = operands.toArray(HostTensor[]::new);
    double[] forward = CompatibilityGroup.exact(reference)
        .compile(ofInputs())
        .runExactly(inputs)
        .get(0);
    value.check("value", engine.backend().evaluate(ofInputs(), inputs).get(0), forward);
    List<HostTensor> actual = engine.valuesAndGradients(ofVariables());
    List<double[]> expected =
        CompatibilityGroup.exact(reference).compileGradients(ofVariables()).runExactly();
    value.check("value of variables", actual.get(1), expected.get(1));
    for (int i = 0; i < actual.size() - 2; i++) {
      gradient.check("gradient of operand " + i, actual.get(2 + i), expected.get(2 + i));
    }
  }
}

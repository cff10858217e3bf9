package io.github.jvae.reference;

import io.github.jvae.backend.Computation;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A computation taken down for one combination of input shapes, and its replay. */
final class Recording {
  private final List<ReferenceTensor> steps;
  private final Map<String, ReferenceTensor> parameters;
  private final List<ReferenceTensor> outputs;

  private Recording(ReferenceTrace trace, List<ReferenceTensor> outputs) {
    this.steps = trace.steps();
    this.parameters = trace.parameters();
    this.outputs = outputs;
  }

  static Recording of(Computation computation, ReferenceVariables variables, List<Shape> shapes) {
    ReferenceTrace trace = new ReferenceTrace(variables);
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      inputs.add(trace.input(i, shapes.get(i)));
    }
    List<Tensor> results = computation.record(trace, inputs);
    if (results.isEmpty()) {
      throw new VaeException("a computation needs at least one output");
    }
    List<ReferenceTensor> outputs = new ArrayList<>();
    for (Tensor result : results) {
      if (!(result instanceof ReferenceTensor own) || own.trace() != trace) {
        throw new VaeException("an output of the computation was recorded for another computation");
      }
      outputs.add(own);
    }
    return new Recording(trace, outputs);
  }

  void requireScalarLoss() {
    Shape loss = outputs.get(0).shape();
    if (loss.rank() != 0) {
      throw new VaeException(
          "the first output is the loss and must be a single number, shape [], not " + loss);
    }
  }

  List<Shape> outputShapes() {
    return outputs.stream().map(Tensor::shape).toList();
  }

  /** The parameters that the gradient of the first output reaches, which training moves. */
  Set<String> trained() {
    Set<ReferenceTensor> reached = new HashSet<>();
    Deque<ReferenceTensor> open = new ArrayDeque<>(List.of(outputs.get(0)));
    while (!open.isEmpty()) {
      ReferenceTensor step = open.remove();
      if (reached.add(step) && step.operation().passesGradient()) {
        open.addAll(step.operands());
      }
    }
    Set<String> names = new LinkedHashSet<>(parameters.keySet());
    names.removeIf(name -> !reached.contains(parameters.get(name)));
    return names;
  }

  /** One run: the values of all steps. */
  final class Run {
    private final double[][] values = new double[steps.size()][];

    Run(ReferenceVariables variables, HostTensor... inputs) {
      Operation.StepInputs feed = new Operation.StepInputs() {
        @Override
        public double[] input(int index) {
          return ReferenceVariables.widen(inputs[index]);
        }

        @Override
        public double[] variable(String name) {
          return variables.values(name).clone();
        }
      };
      for (ReferenceTensor step : steps) {
        values[step.index()] = step.operation().forward(feed, operands(step, values));
      }
    }

    private double[][] operands(ReferenceTensor step, double[][] of) {
      return step.operands().stream().map(o -> of[o.index()]).toArray(double[][]::new);
    }

    List<double[]> outputs() {
      return outputs.stream().map(o -> values[o.index()].clone()).toList();
    }

    /** The gradients of the first output with respect to the parameters the computation uses. */
    Map<String, double[]> gradients() {
      double[][] gradients = new double[steps.size()][];
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = new double[values[i].length];
      }
      int loss = outputs.get(0).index();
      gradients[loss][0] = 1;
      for (int i = loss; i >= 0; i--) {
        ReferenceTensor step = steps.get(i);
        step.operation()
            .backward(operands(step, values), values[i], gradients[i], operands(step, gradients));
      }
      Map<String, double[]> result = new LinkedHashMap<>();
      parameters.forEach((name, parameter) -> result.put(name, gradients[parameter.index()]));
      return result;
    }

    /** Those of the gradients that move a parameter. */
    Map<String, double[]> trainedGradients() {
      Map<String, double[]> result = gradients();
      result.keySet().retainAll(trained());
      return result;
    }
  }
}

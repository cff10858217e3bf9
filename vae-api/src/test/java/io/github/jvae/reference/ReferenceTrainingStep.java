package io.github.jvae.reference;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adam as PyTorch has it (rule R8), in double precision. */
public final class ReferenceTrainingStep implements TrainingStep {
  private final ReferenceExecutable loss;
  private final Lifetime lifetime;
  private final ReferenceVariables variables;
  private final Adam adam;
  private final Map<String, double[]> firstMoments = new HashMap<>();
  private final Map<String, double[]> secondMoments = new HashMap<>();
  private long step;

  ReferenceTrainingStep(
      ReferenceExecutable loss, Lifetime lifetime, ReferenceVariables variables, Adam adam) {
    this.loss = loss;
    this.lifetime = lifetime;
    this.variables = variables;
    this.adam = adam;
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    return lifetime.inTurn(() -> narrowed(learningRate, inputs));
  }

  private List<HostTensor> narrowed(double learningRate, HostTensor... inputs) {
    List<Shape> shapes = loss.outputShapes(inputs);
    List<double[]> outputs = runExactly(learningRate, inputs);
    List<HostTensor> result = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      result.add(ReferenceVariables.narrow(shapes.get(i), outputs.get(i)));
    }
    return result;
  }

  /** As {@link #run}, in double precision. */
  public List<double[]> runExactly(double learningRate, HostTensor... inputs) {
    return lifetime.inTurn(() -> {
      Recording.Run run = loss.start(inputs);
      Map<String, double[]> gradients = run.gradients();
      double scale = clipScale(gradients);
      step++;
      gradients.forEach((name, gradient) -> update(name, gradient, scale, learningRate));
      return run.outputs();
    });
  }

  private double clipScale(Map<String, double[]> gradients) {
    if (adam.clipNorm() == 0) {
      return 1;
    }
    double squares = 0;
    for (double[] gradient : gradients.values()) {
      for (double g : gradient) {
        squares += g * g;
      }
    }
    return Math.min(1, adam.clipNorm() / (Math.sqrt(squares) + 1e-6));
  }

  private void update(String name, double[] gradient, double scale, double learningRate) {
    double[] theta = variables.values(name);
    double[] m = moment(firstMoments, name);
    double[] v = moment(secondMoments, name);
    double correction1 = 1 - StrictMath.pow(adam.beta1(), (double) step);
    double correction2 = 1 - StrictMath.pow(adam.beta2(), (double) step);
    for (int i = 0; i < theta.length; i++) {
      double g = gradient[i] * scale;
      m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g;
      v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g * g;
      theta[i] -=
          learningRate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + adam.epsilon());
    }
  }

  private double[] moment(Map<String, double[]> moments, String name) {
    return moments.computeIfAbsent(name, n -> new double[variables.shape(n).size()]);
  }

  @Override
  public OptimizerState state() {
    return lifetime.inTurn(() -> {
      lifetime.requireOpen();
      return new OptimizerState(step, narrow(firstMoments), narrow(secondMoments));
    });
  }

  private Map<String, HostTensor> narrow(Map<String, double[]> moments) {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    variables
        .names()
        .forEach(name -> result.put(
            name, ReferenceVariables.narrow(variables.shape(name), moment(moments, name))));
    return result;
  }

  @Override
  public void restore(OptimizerState state) {
    lifetime.inTurn(() -> {
      lifetime.requireOpen();
      requireVariables(state.firstMoments());
      requireVariables(state.secondMoments());
      widen(state.firstMoments(), firstMoments);
      widen(state.secondMoments(), secondMoments);
      step = state.step();
      return state;
    });
  }

  private static void widen(Map<String, HostTensor> from, Map<String, double[]> to) {
    from.forEach((name, value) -> to.put(name, ReferenceVariables.widen(value)));
  }

  private void requireVariables(Map<String, HostTensor> moments) {
    List<String> missing =
        variables.names().stream().filter(name -> !moments.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new VaeException("the optimizer's state lacks " + String.join(", ", missing));
    }
    moments.forEach(variables::requireFit);
  }

  @Override
  public void close() {
    lifetime.close();
    loss.close();
  }
}

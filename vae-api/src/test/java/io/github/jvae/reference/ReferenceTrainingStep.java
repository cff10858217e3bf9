package io.github.jvae.reference;

import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An optimizer as PyTorch has it (rule R8), in double precision. */
public final class ReferenceTrainingStep implements TrainingStep {
  private final ReferenceExecutable loss;
  private final Lifetime lifetime;
  private final ReferenceVariables variables;
  private final Optimizer optimizer;
  private final Map<OptimizerSlot, Map<String, double[]>> slots = new LinkedHashMap<>();
  private long step;
  private List<GradientNorm> norms = List.of();

  ReferenceTrainingStep(
      ReferenceExecutable loss,
      Lifetime lifetime,
      ReferenceVariables variables,
      Optimizer optimizer) {
    this.loss = loss;
    this.lifetime = lifetime;
    this.variables = variables;
    this.optimizer = optimizer;
    optimizer.slots().forEach(slot -> slots.put(slot, new HashMap<>()));
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
      Map<String, double[]> gradients = run.trainedGradients();
      if (limit(gradients.values())) {
        step++;
        gradients.forEach((name, gradient) -> optimizer.match(
            new ReferenceUpdate(variables.values(name), gradient, of(name), learningRate, step)));
      }
      return run.outputs();
    });
  }

  /** Whether the step is to be taken. */
  private boolean limit(Collection<double[]> gradients) {
    GradientLimits limits = optimizer.limits();
    if (limits.equals(GradientLimits.none())) {
      return true;
    }
    double squares =
        gradients.stream().flatMapToDouble(Arrays::stream).reduce(0, (sum, g) -> sum + g * g);
    double norm = Math.sqrt(squares);
    boolean taken =
        limits.skipAbove() == 0 || (Double.isFinite(norm) && norm <= limits.skipAbove());
    norms = List.of(new GradientNorm(norm, !taken));
    if (taken && limits.clipNorm() > 0) {
      double scale = Math.min(1, limits.clipNorm() / (norm + 1e-6));
      gradients.forEach(gradient -> Arrays.setAll(gradient, i -> gradient[i] * scale));
    }
    return taken;
  }

  @Override
  public List<GradientNorm> gradientNorms() {
    return norms;
  }

  /** What is remembered of a variable. */
  private Map<OptimizerSlot, double[]> of(String name) {
    Map<OptimizerSlot, double[]> result = new LinkedHashMap<>();
    slots.forEach((slot, values) -> result.put(
        slot, values.computeIfAbsent(name, n -> new double[variables.shape(n).size()])));
    return result;
  }

  @Override
  public OptimizerState state() {
    return lifetime.inTurn(() -> {
      lifetime.requireOpen();
      Map<OptimizerSlot, Map<String, HostTensor>> state = new LinkedHashMap<>();
      slots.keySet().forEach(slot -> state.put(slot, narrow(slot)));
      return new OptimizerState(optimizer.name(), step, state);
    });
  }

  private Map<String, HostTensor> narrow(OptimizerSlot slot) {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    variables
        .names()
        .forEach(name -> result.put(
            name,
            ReferenceVariables.narrow(
                variables.shape(name), Objects.requireNonNull(of(name).get(slot)))));
    return result;
  }

  @Override
  public void restore(OptimizerState state) {
    lifetime.inTurn(() -> {
      lifetime.requireOpen();
      state.requireFit(optimizer, variables);
      slots.forEach((slot, values) -> state
          .slot(slot)
          .forEach((name, value) -> values.put(name, ReferenceVariables.widen(value))));
      step = state.step();
      return state;
    });
  }

  @Override
  public void close() {
    lifetime.close();
    loss.close();
  }
}

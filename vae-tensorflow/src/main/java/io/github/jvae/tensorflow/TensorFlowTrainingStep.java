package io.github.jvae.tensorflow;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Sub;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Loss, gradients and the update in one run. */
final class TensorFlowTrainingStep extends Compiled implements TrainingStep {
  private final Optimizer optimizer;
  private final UpdateRule rule;
  private final SlotVariables memory;

  TensorFlowTrainingStep(TensorFlowBackend backend, Computation loss, Optimizer optimizer) {
    super(backend, loss, true);
    this.optimizer = optimizer;
    this.rule = optimizer.match(new UpdateRules());
    this.memory = new SlotVariables(backend, optimizer);
  }

  @Override
  void complete(TensorFlowTrace trace, CompiledTrace compiled, List<TensorFlowTensor> outputs) {
    Map<StoredVariable, Operand<TFloat32>> gradients =
        Gradients.record(trace, loss(outputs).unwrap());
    trace.within(optimizer.name(), () -> {
      List<Operand<TFloat32>> numbers = new ArrayList<>();
      for (int i = 0; i < rule.size(); i++) {
        numbers.add(fed(trace, compiled));
      }
      List<Op> before = new ArrayList<>(gradients.values());
      outputs.forEach(output -> before.add(output.unwrap()));
      Op updated = update(trace, before, limited(trace, compiled, gradients, before), numbers);
      compiled.target(updated);
      List<Op> rounded = new ArrayList<>();
      optimizer
          .slots()
          .forEach(
              slot -> rounded.addAll(round(trace, compiled, slot, gradients.keySet(), updated)));
      if (!rounded.isEmpty()) {
        compiled.occasionally(NoOp.create(trace.scope().withControlDependencies(rounded)));
      }
      return compiled;
    });
  }

  /**
   * Adds the norm to the results, where there are limits.
   *
   * @param before what the update waits for, to which the leave to take the step is added
   * @return the gradients as they are to be followed
   */
  private Map<StoredVariable, Operand<TFloat32>> limited(
      TensorFlowTrace trace,
      CompiledTrace compiled,
      Map<StoredVariable, Operand<TFloat32>> gradients,
      List<Op> before) {
    GradientLimits limits = optimizer.limits();
    if (!limits.needNorm()) {
      return gradients;
    }
    LimitedGradients limited = new LimitedGradients(trace, gradients);
    compiled.output(limited.norm(), Shape.scalar());
    if (limits.skipAbove() > 0) {
      before.add(limited.leaveUpTo(limits.threshold()));
    }
    return limits.clipNorm() > 0 ? limited.clipped(limits.clipNorm()) : gradients;
  }

  /** A number that is fed to each step. */
  private static Operand<TFloat32> fed(TensorFlowTrace trace, CompiledTrace compiled) {
    Operand<TFloat32> number = trace.placeholder(Shape.scalar());
    compiled.feed(number, Shape.scalar());
    return number;
  }

  /** Rounds what vanishes to zero. */
  private List<Op> round(
      TensorFlowTrace trace,
      CompiledTrace compiled,
      OptimizerSlot slot,
      Set<StoredVariable> trained,
      Op updated) {
    // Fed, as the engine would compute with constants beforehand and find that they cancel.
    Operand<TFloat32> beside = fed(trace, compiled);
    Scope after = trace.scope().withControlDependencies(List.of(updated));
    List<Op> rounded = new ArrayList<>();
    for (StoredVariable variable : trained) {
      Operand<? extends TType> handle = memory.of(slot, variable).handle(trace.session());
      Operand<TFloat32> value = ReadVariableOp.create(after, handle, TFloat32.class);
      Operand<TFloat32> sum = Add.create(after, value, beside);
      rounded.add(AssignVariableOp.create(after, handle, Sub.create(after, sum, beside)));
    }
    return rounded;
  }

  @Override
  boolean isOccasion() {
    return VanishingMoments.isDue(memory.steps() + 1);
  }

  private Op update(
      TensorFlowTrace trace,
      List<Op> before,
      Map<StoredVariable, Operand<TFloat32>> gradients,
      List<Operand<TFloat32>> numbers) {
    // Else a variable could change under those who still read it, or be copied to prevent that.
    Op computed = NoOp.create(trace.scope().withControlDependencies(before));
    Scope after = trace.scope().withControlDependencies(List.of(computed));
    List<Op> updates = new ArrayList<>();
    gradients.forEach((variable, gradient) -> updates.add(rule.record(
        new UpdateRule.Target(trace, after, variable, memory.of(variable), gradient), numbers)));
    return NoOp.create(trace.scope().withControlDependencies(updates));
  }

  @Override
  protected void releaseRest() {
    memory.discard();
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    requireOpen();
    List<float[]> fed = new ArrayList<>();
    for (float number : rule.numbers(learningRate, memory.steps() + 1)) {
      fed.add(new float[] {number});
    }
    optimizer.slots().forEach(slot -> fed.add(new float[] {VanishingMoments.beside(slot)}));
    List<HostTensor> results = execute(inputs, fed.toArray(float[][]::new));
    if (!optimizer.limits().needNorm()) {
      memory.countStep(0);
      return results;
    }
    int outputs = results.size() - 1;
    memory.countStep(results.get(outputs).item());
    return List.copyOf(results.subList(0, outputs));
  }

  @Override
  public List<GradientNorm> gradientNorms() {
    return memory.norms();
  }

  @Override
  public OptimizerState state() {
    requireOpen();
    return memory.state();
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    memory.restore(state);
  }
}

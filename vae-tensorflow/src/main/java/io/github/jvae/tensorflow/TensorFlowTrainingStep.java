package io.github.jvae.tensorflow;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Computation;
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
import org.tensorflow.op.train.ResourceApplyAdam;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Loss, gradients and the update in one run.
 *
 * <p>TensorFlow's Adam adds epsilon to another root than PyTorch's does. Fed with {@code lr · √(1 -
 * β₂ᵗ) / (1 - β₁ᵗ)} as the learning rate, {@code ε · √(1 - β₂ᵗ)} as epsilon, both computed in
 * double precision, and with powers of 0, it computes PyTorch's. The β are those that its kernel
 * knows, in single precision: it computes {@code 1 - β₂}, which is 1e-5 off for 0.999, and moments
 * so weighed must be divided by the sum of just these weights.
 */
final class TensorFlowTrainingStep extends Compiled implements TrainingStep {
  private static final float[] FIRST = {VanishingMoments.FIRST};
  private static final float[] SECOND = {VanishingMoments.SECOND};

  private final Adam adam;
  private final Moments first;
  private final Moments second;
  private long step;

  TensorFlowTrainingStep(TensorFlowBackend backend, Computation loss, Adam adam) {
    super(backend, loss);
    this.adam = adam;
    this.first = new Moments(backend, "first");
    this.second = new Moments(backend, "second");
  }

  @Override
  boolean isDifferentiated() {
    return true;
  }

  @Override
  void complete(TensorFlowTrace trace, CompiledTrace compiled, List<TensorFlowTensor> outputs) {
    Map<StoredVariable, Operand<TFloat32>> gradients =
        Gradients.record(trace, loss(outputs).unwrap());
    trace.within("adam", () -> {
      Operand<TFloat32> rate = trace.placeholder(Shape.scalar());
      Operand<TFloat32> epsilon = trace.placeholder(Shape.scalar());
      compiled.feed(rate, Shape.scalar());
      compiled.feed(epsilon, Shape.scalar());
      Map<StoredVariable, Operand<TFloat32>> clipped =
          adam.clipNorm() == 0 ? gradients : GradientClipping.record(trace, gradients, adam);
      Op updated = update(trace, outputs, clipped, rate, epsilon);
      compiled.target(updated);
      List<Op> rounded =
          new ArrayList<>(round(trace, compiled, first, gradients.keySet(), updated));
      rounded.addAll(round(trace, compiled, second, gradients.keySet(), updated));
      compiled.occasionally(NoOp.create(trace.scope().withControlDependencies(rounded)));
      return compiled;
    });
  }

  /** Rounds moments that vanish to zero. */
  private static List<Op> round(
      TensorFlowTrace trace,
      CompiledTrace compiled,
      Moments moments,
      Set<StoredVariable> trained,
      Op updated) {
    // Fed, as the engine would compute with constants beforehand and find that they cancel.
    Operand<TFloat32> beside = trace.placeholder(Shape.scalar());
    compiled.feed(beside, Shape.scalar());
    Scope after = trace.scope().withControlDependencies(List.of(updated));
    List<Op> rounded = new ArrayList<>();
    for (StoredVariable variable : trained) {
      Operand<? extends TType> handle = moments.beside(variable).handle(trace.session());
      Operand<TFloat32> value = ReadVariableOp.create(after, handle, TFloat32.class);
      Operand<TFloat32> sum = Add.create(after, value, beside);
      rounded.add(AssignVariableOp.create(after, handle, Sub.create(after, sum, beside)));
    }
    return rounded;
  }

  @Override
  boolean isOccasion() {
    return VanishingMoments.isDue(step + 1);
  }

  private Op update(
      TensorFlowTrace trace,
      List<TensorFlowTensor> outputs,
      Map<StoredVariable, Operand<TFloat32>> gradients,
      Operand<TFloat32> rate,
      Operand<TFloat32> epsilon) {
    List<Op> before = new ArrayList<>(gradients.values());
    outputs.forEach(output -> before.add(output.unwrap()));
    // Else a variable could change under those who still read it, or be copied to prevent that.
    Op computed = NoOp.create(trace.scope().withControlDependencies(before));
    Scope after = trace.scope().withControlDependencies(List.of(computed));
    List<Op> updates = new ArrayList<>();
    Operand<TFloat32> zero = trace.number(0);
    gradients.forEach((variable, gradient) -> updates.add(ResourceApplyAdam.create(
        after,
        variable.handle(trace.session()),
        first.beside(variable).handle(trace.session()),
        second.beside(variable).handle(trace.session()),
        zero,
        zero,
        rate,
        trace.number(adam.beta1()),
        trace.number(adam.beta2()),
        epsilon,
        gradient)));
    return NoOp.create(trace.scope().withControlDependencies(updates));
  }

  @Override
  protected void releaseRest() {
    first.discard();
    second.discard();
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    requireOpen();
    long next = step + 1;
    double root = Math.sqrt(1 - Math.pow((float) adam.beta2(), (double) next));
    double rate = learningRate * root / (1 - Math.pow((float) adam.beta1(), (double) next));
    List<HostTensor> outputs = execute(
        inputs,
        new float[] {(float) rate},
        new float[] {(float) (adam.epsilon() * root)},
        FIRST,
        SECOND);
    step = next;
    return outputs;
  }

  @Override
  public OptimizerState state() {
    requireOpen();
    return new OptimizerState(step, first.read(), second.read());
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    state.requireFit(backend().storedVariables());
    first.write(state.firstMoments());
    second.write(state.secondMoments());
    step = state.step();
  }
}

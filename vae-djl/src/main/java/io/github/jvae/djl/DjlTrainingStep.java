package io.github.jvae.djl;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.VanishingMoments;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Loss, gradients and PyTorch's fused Adam in one script. */
final class DjlTrainingStep extends Compiled implements TrainingStep {
  private static final String OWNER = "adam";

  /** What PyTorch adds to the norm that gradients are clipped by. */
  private static final double MARGIN = 1e-6;

  private final Adam adam;
  private final Moments first;
  private final Moments second;
  private long step;

  DjlTrainingStep(DjlBackend backend, Computation loss, Adam adam) {
    super(backend, loss);
    this.adam = adam;
    this.first = new Moments(backend.storedVariables(), backend.memory(), VanishingMoments.FIRST);
    this.second = new Moments(backend.storedVariables(), backend.memory(), VanishingMoments.SECOND);
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs) {
    ScriptWriter writer = new ScriptWriter(trace, backend().memory(), outputs, loss(outputs));
    writer.addInput("rate_and_step", Shape.of(2));
    writer.takeResults();
    List<StoredVariable> trained = writer.trained();
    if (!trained.isEmpty()) {
      writer.addVariables("first", trained.stream().map(first::of).toList());
      writer.addVariables("second", trained.stream().map(second::of).toList());
      writer.add(
          OWNER,
          "updates = "
              + ScriptWriter.list(trained.stream().map(writer::gradient).toList()));
      if (adam.clipNorm() > 0) {
        addClipping(writer);
      }
      addUpdate(writer, trained.size());
    }
    return writer.finish();
  }

  private void addClipping(ScriptWriter writer) {
    writer.add(OWNER, "norms = torch.stack(torch._foreach_norm(updates))");
    writer.add(
        OWNER,
        "excess = torch.add(torch.linalg_vector_norm(norms), " + DjlTrace.literal(MARGIN) + ")");
    writer.add(
        OWNER,
        "factor = torch.clamp_max(torch.mul(torch.reciprocal(excess), "
            + DjlTrace.literal(adam.clipNorm()) + "), 1.0)");
    writer.add(OWNER, "updates = torch._foreach_mul(updates, factor)");
  }

  private void addUpdate(ScriptWriter writer, int variables) {
    writer.add(OWNER, "rate = torch.select(rate_and_step, 0, 0)");
    writer.add(OWNER, "step = torch.select(rate_and_step, 0, 1)");
    writer.add(
        OWNER,
        "torch._fused_adam_("
            + String.join(
                ", ",
                ScriptWriter.TRAINED,
                "updates",
                "first",
                "second",
                "annotate(List[Tensor], [])",
                ScriptWriter.list(Collections.nCopies(variables, "step")),
                "lr=rate",
                "beta1=" + DjlTrace.literal(adam.beta1()),
                "beta2=" + DjlTrace.literal(adam.beta2()),
                "weight_decay=0.0",
                "eps=" + DjlTrace.literal(adam.epsilon()),
                "amsgrad=False",
                "maximize=False")
            + ")");
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    HostTensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = HostTensor.of(Shape.of(2), (float) learningRate, (float) (step + 1));
    requireOpen();
    if (VanishingMoments.isDue(step + 1)) {
      first.round();
      second.round();
    }
    List<HostTensor> outputs = execute(inputs.length, all);
    step++;
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
    if (state.step() < 0) {
      throw new VaeException("an optimizer's step must be 0 or more, not " + state.step());
    }
    first.requireFit(state.firstMoments());
    second.requireFit(state.secondMoments());
    first.write(state.firstMoments());
    second.write(state.secondMoments());
    step = state.step();
  }

  @Override
  void release() {
    super.release();
    first.close();
    second.close();
  }
}

package io.github.jvae.djl;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** Loss, gradients and PyTorch's fused Adam in one script. */
final class DjlTrainingStep extends Compiled implements TrainingStep {
  private final Adam adam;
  private final Moments first;
  private final Moments second;
  private final IdentityHashMap<SplitTrace, SplitUpdate> updates = new IdentityHashMap<>();

  private long step;

  DjlTrainingStep(DjlBackend backend, Computation loss, Adam adam) {
    super(backend, loss);
    this.adam = adam;
    this.first = new Moments(backend.storedVariables(), backend.memory(), VanishingMoments.FIRST);
    this.second = new Moments(backend.storedVariables(), backend.memory(), VanishingMoments.SECOND);
  }

  @Override
  boolean isDifferentiated() {
    return true;
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share) {
    return share == 1 ? wholeStep(trace, outputs) : partOfStep(trace, outputs, share);
  }

  private CompiledTrace wholeStep(DjlTrace trace, List<DjlTensor> outputs) {
    ScriptWriter writer =
        new ScriptWriter(trace, backend().memory(), outputs, loss(outputs).unwrap());
    writer.addInput(AdamLines.RATE_AND_STEP, Shape.of(2));
    writer.takeResults();
    List<StoredVariable> trained = writer.trained();
    if (!trained.isEmpty()) {
      writer.addVariables(AdamLines.FIRST, trained.stream().map(first::of).toList());
      writer.addVariables(AdamLines.SECOND, trained.stream().map(second::of).toList());
      String gradients =
          ScriptWriter.list(trained.stream().map(writer::gradient).toList());
      AdamLines.add(writer.text(), adam, gradients, trained.size());
    }
    return writer.finish();
  }

  /** Gradients of the loss in the measure in which the part counts. */
  private CompiledTrace partOfStep(DjlTrace trace, List<DjlTensor> outputs, double share) {
    ScriptValue loss = trace.call("torch.mul", loss(outputs).unwrap(), share);
    ScriptWriter writer = new ScriptWriter(trace, backend().memory(), outputs, loss);
    writer.takeResults();
    writer.returnGradients();
    return writer.finish();
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    SplitTrace trace = recording(inputs);
    if (VanishingMoments.isDue(step + 1)) {
      first.round();
      second.round();
    }
    List<HostTensor> outputs = trace.size() == 1
        ? runWhole(trace, learningRate, inputs)
        : runParts(trace, learningRate, inputs);
    step++;
    return outputs;
  }

  private List<HostTensor> runWhole(SplitTrace trace, double learningRate, HostTensor... inputs) {
    HostTensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = HostTensor.of(Shape.of(2), (float) learningRate, (float) (step + 1));
    return run(trace, all);
  }

  private List<HostTensor> runParts(SplitTrace trace, double learningRate, HostTensor... inputs) {
    List<HostTensor> outputs = run(trace, inputs);
    SplitUpdate update = updates.computeIfAbsent(trace, this::update);
    DjlFault.guard("update variables", () -> {
      update.run(trace.takeMore(), learningRate, step + 1);
      return outputs;
    });
    return outputs;
  }

  private SplitUpdate update(SplitTrace trace) {
    List<SplitUpdate.Target> targets = trace.differentiated().stream()
        .map(variable -> new SplitUpdate.Target(variable, first.of(variable), second.of(variable)))
        .toList();
    return new SplitUpdate(backend().memory(), adam, targets, trace.size());
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

  @Override
  protected void release(SplitTrace trace) {
    super.release(trace);
    SplitUpdate update = updates.remove(trace);
    if (update != null) {
      update.close();
    }
  }

  @Override
  protected void releaseRest() {
    first.close();
    second.close();
  }
}

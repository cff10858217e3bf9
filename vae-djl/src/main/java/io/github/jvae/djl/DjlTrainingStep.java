package io.github.jvae.djl;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.backend.support.VanishingMoments;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loss, gradients and the optimizer's update in one script. */
final class DjlTrainingStep extends Compiled implements TrainingStep {
  private final Optimizer optimizer;
  private final SlotArrays memory;
  private final Map<SplitPrograms<CompiledTrace>, SplitUpdate> updates = new HashMap<>();

  DjlTrainingStep(DjlBackend backend, Computation loss, Optimizer optimizer) {
    super(backend, loss, true);
    this.optimizer = optimizer;
    this.memory = new SlotArrays(backend.engineVariables(), backend.memory(), optimizer);
  }

  @Override
  CompiledTrace compile(DjlTrace trace, List<DjlTensor> outputs, double share) {
    return share == 1 ? wholeStep(trace, outputs) : partOfStep(trace, outputs, share);
  }

  private CompiledTrace wholeStep(DjlTrace trace, List<DjlTensor> outputs) {
    ScriptWriter writer =
        new ScriptWriter(trace, backend().memory(), outputs, loss(outputs).unwrap());
    writer.addInput(OptimizerLines.RATE_AND_STEP, Shape.of(2));
    List<StoredVariable> trained = writer.trained();
    String gradients = ScriptWriter.list(trained.stream().map(writer::gradient).toList());
    if (optimizer.limits().needNorm() && !trained.isEmpty()) {
      OptimizerLines.addNorm(writer.text(), gradients);
      writer.addResult(OptimizerLines.NORM, Shape.scalar());
    }
    writer.takeResults();
    if (!trained.isEmpty()) {
      optimizer
          .slots()
          .forEach(slot -> writer.addVariables(
              OptimizerLines.list(slot),
              trained.stream().map(variable -> memory.of(slot, variable)).toList()));
      OptimizerLines.add(writer.text(), optimizer, gradients, trained.size());
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
    SplitPrograms<CompiledTrace> trace = program(inputs);
    return trace.parts().size() == 1
        ? runWhole(trace, learningRate, inputs)
        : runParts(trace, learningRate, inputs);
  }

  /** Counts a step that was taken, or was skipped for its norm, and does what is due after it. */
  private void count(float norm) {
    if (memory.countStep(norm) && VanishingMoments.isDue(memory.steps())) {
      memory.round();
    }
  }

  private List<HostTensor> runWhole(
      SplitPrograms<CompiledTrace> trace, double learningRate, HostTensor... inputs) {
    HostTensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] =
        HostTensor.of(Shape.of(2), (float) learningRate, (float) (memory.steps() + 1));
    List<HostTensor> results = run(trace, all);
    boolean measured =
        optimizer.limits().needNorm() && !trace.parts().get(0).differentiated().isEmpty();
    int outputs = measured ? results.size() - 1 : results.size();
    count(measured ? results.get(outputs).item() : 0);
    return List.copyOf(results.subList(0, outputs));
  }

  private List<HostTensor> runParts(
      SplitPrograms<CompiledTrace> trace, double learningRate, HostTensor... inputs) {
    List<HostTensor> outputs = run(trace, inputs);
    SplitUpdate update = updates.computeIfAbsent(trace, this::update);
    count(DjlFault.guard(
        "update variables",
        () -> update.run(
            trace.parts().stream().map(CompiledTrace::takeMore).toList(),
            learningRate,
            memory.steps() + 1)));
    return outputs;
  }

  private SplitUpdate update(SplitPrograms<CompiledTrace> trace) {
    return new SplitUpdate(
        backend().memory(),
        optimizer,
        memory,
        trace.parts().get(0).differentiated(),
        trace.parts().size());
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

  @Override
  protected void release(SplitPrograms<CompiledTrace> trace) {
    super.release(trace);
    SplitUpdate update = updates.remove(trace);
    if (update != null) {
      update.close();
    }
  }

  @Override
  protected void releaseRest() {
    memory.close();
  }
}

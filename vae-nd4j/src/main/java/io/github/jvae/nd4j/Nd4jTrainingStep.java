package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.nd4j.kernel.Workers;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.optimizer.OptimizerUpdate;
import io.github.jvae.nd4j.optimizer.TileMemory;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.nd4j.replay.Replay;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loss and gradients in one replay, then the update. */
final class Nd4jTrainingStep extends Compiled implements TrainingStep {
  private final TileMemory memory;
  private final OptimizerUpdate update;
  private final Map<SplitPrograms<Replay>, OptimizerUpdate.Pass> passes = new HashMap<>();

  Nd4jTrainingStep(Nd4jBackend backend, Computation loss, Optimizer optimizer) {
    super(backend, loss);
    this.memory = new TileMemory(optimizer, backend.engineVariables());
    this.update = new OptimizerUpdate(optimizer, memory);
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    return new Recorded(trace.recording(), values(outputs), gradients(trace, outputs));
  }

  private OptimizerUpdate.Pass updateOf(SplitPrograms<Replay> program) {
    List<Replay> parts = program.parts();
    List<OptimizerUpdate.Target> targets = new ArrayList<>();
    for (StoredVariable variable : parts.get(0).differentiated()) {
      targets.add(new OptimizerUpdate.Target(
          variable, parts.stream().map(part -> part.gradient(variable).floats()).toList()));
    }
    float[] shares = new float[parts.size()];
    for (int part = 0; part < shares.length; part++) {
      shares[part] = (float) program.split().share(part);
    }
    return update.prepare(targets, shares, Workers.together(parts));
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    SplitPrograms<Replay> program = program(inputs);
    // Copied before the update, as one may be a variable.
    List<HostTensor> outputs = program.run(inputs);
    update.step(learningRate, passes.computeIfAbsent(program, this::updateOf));
    return outputs;
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
  protected void release(SplitPrograms<Replay> program) {
    passes.remove(program);
    super.release(program);
  }
}

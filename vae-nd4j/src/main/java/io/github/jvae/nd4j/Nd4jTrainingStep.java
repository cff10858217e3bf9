package io.github.jvae.nd4j;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.nd4j.memory.StoredVariable;
import io.github.jvae.nd4j.optimizer.OptimizerUpdate;
import io.github.jvae.nd4j.optimizer.SlotTiles;
import io.github.jvae.nd4j.record.Recorded;
import io.github.jvae.nd4j.replay.SplitReplay;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Loss and gradients in one replay, then the update. */
final class Nd4jTrainingStep extends Compiled implements TrainingStep {
  private final OptimizerUpdate update;
  private final Optimizer optimizer;
  private final SlotTiles slots;
  private final IdentityHashMap<SplitReplay, OptimizerUpdate.Pass> passes = new IdentityHashMap<>();

  Nd4jTrainingStep(Nd4jBackend backend, Computation loss, Optimizer optimizer) {
    super(backend, loss);
    this.update = new OptimizerUpdate(optimizer);
    this.optimizer = optimizer;
    this.slots = new SlotTiles(backend.storedVariables(), optimizer.slots());
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    return new Recorded(trace.recording(), values(outputs), gradients(trace, outputs));
  }

  private OptimizerUpdate.Pass updateOf(SplitReplay replay) {
    List<OptimizerUpdate.Target> targets = new ArrayList<>();
    for (StoredVariable variable : replay.differentiated()) {
      targets.add(new OptimizerUpdate.Target(
          variable.memory().floats(), replay.gradients(variable), slots.of(variable)));
    }
    return update.prepare(targets, replay.shares(), replay);
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    SplitReplay replay = execute(inputs);
    // Before the update, as an output may be a variable.
    List<HostTensor> outputs = replay.outputs();
    update.step(learningRate, passes.computeIfAbsent(replay, this::updateOf));
    return outputs;
  }

  @Override
  public OptimizerState state() {
    requireOpen();
    return new OptimizerState(optimizer.name(), update.steps(), slots.read());
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    state.requireFit(optimizer, backend().storedVariables());
    slots.write(state.slots());
    update.continueFrom(state.step());
  }

  @Override
  protected void release(SplitReplay replay) {
    passes.remove(replay);
    super.release(replay);
  }
}

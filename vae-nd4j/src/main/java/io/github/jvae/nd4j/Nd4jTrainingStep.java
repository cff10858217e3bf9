package io.github.jvae.nd4j;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Loss and gradients in one replay, then the update. */
final class Nd4jTrainingStep extends Compiled implements TrainingStep {
  private final AdamUpdate update;
  private final Moments moments;
  private final IdentityHashMap<SplitReplay, AdamUpdate.Pass> passes = new IdentityHashMap<>();

  Nd4jTrainingStep(Nd4jBackend backend, Computation loss, Adam adam) {
    super(backend, loss);
    this.update = new AdamUpdate(adam);
    this.moments = new Moments(backend.storedVariables());
  }

  @Override
  Recorded complete(Nd4jTrace trace, List<Nd4jTensor> outputs) {
    return new Recorded(trace.recording(), values(outputs), gradients(trace, outputs));
  }

  private AdamUpdate.Pass updateOf(SplitReplay replay) {
    List<AdamUpdate.Target> targets = new ArrayList<>();
    for (StoredVariable variable : replay.differentiated()) {
      targets.add(new AdamUpdate.Target(
          variable.memory().floats(), replay.gradients(variable), moments.of(variable)));
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
    return new OptimizerState(
        update.steps(), moments.read(Moments.Moment::first), moments.read(Moments.Moment::second));
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    state.requireFit(backend().storedVariables());
    moments.write(state.firstMoments(), Moments.Moment::first);
    moments.write(state.secondMoments(), Moments.Moment::second);
    update.continueFrom(state.step());
  }

  @Override
  protected void release(SplitReplay replay) {
    passes.remove(replay);
    super.release(replay);
  }
}

package io.github.jvae.train;

import io.github.jvae.backend.GradientNorm;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a training reports. */
final class Recorder implements TrainingListener {
  final List<StepReport> steps = new ArrayList<>();
  final List<EpochReport> epochs = new ArrayList<>();

  @Override
  public void stepped(TrainingRun run, StepReport report) {
    steps.add(report);
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    epochs.add(report);
  }

  /** Returns what the gradients of each step were, of one optimizer. */
  List<GradientNorm> norms(int place) {
    return steps.stream().map(step -> step.gradients().get(place)).toList();
  }
}

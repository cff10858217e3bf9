package io.github.jvae.compatibility;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.Model;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model in training on one backend, always on the same numbers. */
final class TrainingRun implements AutoCloseable {
  static final double RATE = 0.01;
  static final int BATCH = 16;

  private final OpenBackend engine;
  private final ModelSpec spec;
  private final Model model;
  private final TrainingStep step;
  private int time;

  private TrainingRun(OpenBackend engine, ModelSpec spec, Model model, Optimizer optimizer) {
    this.engine = engine;
    this.spec = spec;
    this.model = model;
    this.step = engine.backend().compileTraining(ModelSpec.elbo(engine, model), optimizer);
  }

  /** A new model; the backend is closed with the run. */
  static TrainingRun start(OpenBackend engine, ModelSpec spec, Optimizer optimizer) {
    return new TrainingRun(engine, spec, spec.start(engine, 3), optimizer);
  }

  static TrainingRun start(OpenBackend engine, ModelSpec spec) {
    return start(engine, spec, Adam.defaults());
  }

  OpenBackend engine() {
    return engine;
  }

  Model model() {
    return model;
  }

  TrainingStep step() {
    return step;
  }

  /** The inputs of a step. */
  HostTensor[] inputs(int at, int batch) {
    return new HostTensor[] {spec.images(batch), spec.noise(at, batch), HostTensor.scalar(0.5)};
  }

  /** The next step; its loss. */
  double next(double rate, int batch) {
    return step.run(rate, inputs(time++, batch)).get(0).item();
  }

  /** The next few steps; their losses. */
  List<Double> next(int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(next(RATE, BATCH));
    }
    return losses;
  }

  /** Goes on with the inputs of another step. */
  void continueAt(int at) {
    time = at;
  }

  Map<String, HostTensor> values() {
    return engine.backend().variables().readAll();
  }

  /** Compares all variables by their distance. */
  void checkValues(TrainingRun expected, double tolerance) {
    checkAll("variable ", values(), expected.values(), tolerance);
  }

  /** Compares what the optimizer remembers. */
  void checkSlots(TrainingRun expected, double tolerance) {
    var actual = step.state();
    var wanted = expected.step.state();
    wanted
        .slots()
        .forEach(
            (slot, values) -> checkAll(slot.key() + " of ", actual.slot(slot), values, tolerance));
  }

  private static void checkAll(
      String what,
      Map<String, HostTensor> actual,
      Map<String, HostTensor> expected,
      double tolerance) {
    if (!actual.keySet().equals(expected.keySet())) {
      throw new AssertionError(what + actual.keySet() + " instead of " + expected.keySet());
    }
    actual.forEach((name, value) -> {
      HostTensor wanted = expected.getOrDefault(name, value);
      Closeness.checkVector(
          what + name, value, Closeness.doubles(wanted), tolerance, Float.MIN_NORMAL);
    });
  }

  static void checkLosses(List<Double> actual, List<Double> expected, double tolerance) {
    for (int i = 0; i < expected.size(); i++) {
      Closeness.relative(tolerance).check("loss of step " + i, actual.get(i), expected.get(i));
    }
  }

  @Override
  public void close() {
    step.close();
    engine.close();
  }
}

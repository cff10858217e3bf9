package io.github.jvae.train;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.ShapeException;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A step whose batch the engine is given part by part, so that it needs the memory of one part: the
 * gradients of the parts are added up here, each in the measure of its examples, and variables move
 * once, along the sum. Where the loss is a mean over the examples this is the step on the whole
 * batch, to rounding.
 */
final class AccumulatedStep implements TrainingStep {
  private final Backend backend;
  private final int part;
  private final Executable gradients;
  private final TrainingStep update;
  private List<String> reached = List.of();

  /**
   * @param loss of examples, their noise and whatever has as many rows or a multiple, and of single
   *     numbers
   * @param part how many examples the engine is given at a time
   */
  AccumulatedStep(Backend backend, Computation loss, Optimizer optimizer, int part) {
    this.backend = backend;
    this.part = part;
    this.gradients = backend.compileGradients(loss);
    this.update = backend.compileTraining(this::product, optimizer);
  }

  /** A loss whose gradients are given, and that reaches what the real one reaches. */
  private List<Tensor> product(Trace trace, List<Tensor> given) {
    Tensor sum = trace.scalar(0);
    for (int i = 0; i < given.size(); i++) {
      sum = sum.add(trace.parameter(reached.get(i)).multiply(given.get(i)).sum());
    }
    return List.of(sum);
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    int batch = inputs[0].shape().dimension(0);
    List<Total> totals = new ArrayList<>();
    for (int begin = 0; begin < batch; begin += part) {
      int end = Math.min(batch, begin + part);
      List<HostTensor> results = gradients.run(rows(inputs, batch, begin, end));
      if (totals.isEmpty()) {
        results.forEach(result -> totals.add(new Total(result.shape())));
      }
      for (int i = 0; i < results.size(); i++) {
        totals.get(i).add(results.get(i), (double) (end - begin) / batch);
      }
    }
    List<HostTensor> means = totals.stream().map(Total::rounded).toList();
    List<String> variables = backend.variables().names();
    int outputs = means.size() - variables.size();
    Set<String> moved = gradients.reached();
    reached = variables.stream().filter(moved::contains).toList();
    update.run(
        learningRate,
        reached.stream()
            .map(name -> means.get(outputs + variables.indexOf(name)))
            .toArray(HostTensor[]::new));
    return List.copyOf(means.subList(0, outputs));
  }

  private static HostTensor[] rows(HostTensor[] inputs, int batch, int begin, int end) {
    return Arrays.stream(inputs)
        .map(input -> rows(input, batch, begin, end))
        .toArray(HostTensor[]::new);
  }

  /** Several rows may be one example's, as those of its draws: they follow one another. */
  private static HostTensor rows(HostTensor input, int batch, int begin, int end) {
    Shape shape = input.shape();
    if (shape.rank() == 0) {
      return input;
    }
    if (shape.dimension(0) % batch != 0) {
      throw new ShapeException("a batch of " + batch + " examples cannot be computed in parts: an"
          + " input of shape " + shape + " has no rows for each");
    }
    int size = shape.size() / batch;
    return HostTensor.of(
        shape.with(0, shape.dimension(0) / batch * (end - begin)),
        Arrays.copyOfRange(input.data(), size * begin, size * end));
  }

  /** A sum in double precision, as what is added last is no less worth than what was first. */
  private static final class Total {
    private final Shape shape;
    private final double[] sums;

    Total(Shape shape) {
      this.shape = shape;
      this.sums = new double[shape.size()];
    }

    void add(HostTensor tensor, double share) {
      float[] data = tensor.data();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += share * data[i];
      }
    }

    HostTensor rounded() {
      HostTensor result = HostTensor.zeros(shape);
      for (int i = 0; i < sums.length; i++) {
        result.data()[i] = (float) sums[i];
      }
      return result;
    }
  }

  @Override
  public List<GradientNorm> gradientNorms() {
    return update.gradientNorms();
  }

  @Override
  public OptimizerState state() {
    return update.state();
  }

  @Override
  public void restore(OptimizerState state) {
    update.restore(state);
  }

  @Override
  public void close() {
    gradients.close();
    update.close();
  }
}

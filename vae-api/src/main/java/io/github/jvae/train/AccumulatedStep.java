package io.github.jvae.train;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.SeparatedStep;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step whose batch the engine is given part by part, so that it needs the memory of one part: the
 * gradients of the parts are added up here, each in the measure of its examples, and variables move
 * once, along the sum. Where the loss is a mean over the examples this is the step on the whole
 * batch, to rounding.
 */
final class AccumulatedStep implements TrainingStep {
  private final SeparatedStep step;
  private final int part;

  /**
   * @param loss of examples, their noise and whatever has as many rows or a multiple, and of single
   *     numbers
   * @param part how many examples the engine is given at a time
   */
  AccumulatedStep(Backend backend, Computation loss, Optimizer optimizer, int part) {
    this.step = new SeparatedStep(backend, loss, optimizer);
    this.part = part;
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    int batch = inputs[0].shape().dimension(0);
    List<Total> outputs = new ArrayList<>();
    Map<String, Total> gradients = new LinkedHashMap<>();
    for (int begin = 0; begin < batch; begin += part) {
      int end = Math.min(batch, begin + part);
      double share = (double) (end - begin) / batch;
      SeparatedStep.Gradients some = step.gradients(begin, end, inputs);
      if (outputs.isEmpty()) {
        some.outputs().forEach(output -> outputs.add(new Total(output.shape())));
      }
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).add(some.outputs().get(i), share);
      }
      some.byVariable()
          .forEach((name, gradient) -> gradients
              .computeIfAbsent(name, n -> new Total(gradient.shape()))
              .add(gradient, share));
    }
    Map<String, HostTensor> means = new LinkedHashMap<>();
    gradients.forEach((name, total) -> means.put(name, total.rounded()));
    step.apply(learningRate, means);
    return outputs.stream().map(Total::rounded).toList();
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
    return step.gradientNorms();
  }

  @Override
  public OptimizerState state() {
    return step.state();
  }

  @Override
  public void restore(OptimizerState state) {
    step.restore(state);
  }

  @Override
  public void close() {
    step.close();
  }
}

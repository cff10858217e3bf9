package io.github.jvae.spark;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.SeparatedStep;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A step on a batch that all workers have: each computes the gradients of its share of the
 * examples, all add them up, and each moves its variables along the sum. Where the loss is a mean
 * over the examples, this is the step of one process on the whole batch, to rounding.
 */
final class ParallelStep implements TrainingStep {
  private final SeparatedStep step;
  private final Ring ring;
  private final int rank;
  private final int size;

  ParallelStep(
      Backend backend, Computation loss, Optimizer optimizer, Ring ring, int rank, int size) {
    this.step = new SeparatedStep(backend, loss, optimizer);
    this.ring = ring;
    this.rank = rank;
    this.size = size;
  }

  @Override
  public List<HostTensor> run(double learningRate, HostTensor... inputs) {
    int batch = inputs[0].shape().dimension(0);
    int begin = (int) ((long) batch * rank / size);
    int end = (int) ((long) batch * (rank + 1) / size);
    // A batch with fewer examples than workers leaves some without: they compute one for its
    // shapes.
    int first = begin < end ? begin : 0;
    int last = begin < end ? end : 1;
    SeparatedStep.Gradients own = step.gradients(first, last, inputs);
    List<HostTensor> all = Stream.concat(own.outputs().stream(), own.byVariable().values().stream())
        .toList();
    float[] numbers = joined(all, (double) (end - begin) / batch);
    ring.sum(numbers);
    List<HostTensor> sums = divided(numbers, all);
    Map<String, HostTensor> gradients = new LinkedHashMap<>();
    int place = own.outputs().size();
    for (String name : own.byVariable().keySet()) {
      gradients.put(name, sums.get(place++));
    }
    step.apply(learningRate, gradients);
    return sums.subList(0, own.outputs().size());
  }

  private static float[] joined(List<HostTensor> tensors, double share) {
    float[] numbers =
        new float[tensors.stream().mapToInt(tensor -> tensor.data().length).sum()];
    int place = 0;
    for (HostTensor tensor : tensors) {
      for (float value : tensor.data()) {
        numbers[place++] = share == 0 ? 0 : (float) (share * value);
      }
    }
    return numbers;
  }

  private static List<HostTensor> divided(float[] numbers, List<HostTensor> like) {
    List<HostTensor> tensors = new ArrayList<>();
    int place = 0;
    for (HostTensor tensor : like) {
      int length = tensor.data().length;
      tensors.add(
          HostTensor.of(tensor.shape(), Arrays.copyOfRange(numbers, place, place + length)));
      place += length;
    }
    return tensors;
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

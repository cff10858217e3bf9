package io.github.jvae.reference;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.model.Component;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Evaluates what is written over tensors once, in double precision, for tests of components. */
public final class Evaluation {
  private static final long SEED = 7;

  private Evaluation() {}

  /**
   * Runs what a component records, with the component's first parameters.
   *
   * @param recorded makes the outputs of the inputs
   */
  public static List<double[]> of(
      Component component, Function<List<Tensor>, List<Tensor>> recorded, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      component.parameters().forEach(p -> backend.variables().create(p, p.initialValue(SEED)));
      return backend.compile((trace, in) -> recorded.apply(in)).runExactly(inputs);
    }
  }

  /** Returns standard normal numbers times a scale, from a stream of this name. */
  public static HostTensor normal(String name, double scale, int... shape) {
    HostTensor result = HostTensor.zeros(Shape.of(shape));
    RandomStream random = RandomStream.of(SEED).child(name);
    for (int i = 0; i < result.data().length; i++) {
      result.data()[i] = (float) (scale * random.nextGaussian());
    }
    return result;
  }

  /** Returns the points of a square grid in some dimensions, [points^dimensions, dimensions]. */
  public static HostTensor grid(double from, double to, int points, int dimensions) {
    int rows = (int) Math.round(Math.pow(points, dimensions));
    HostTensor grid = HostTensor.zeros(Shape.of(rows, dimensions));
    double step = (to - from) / (points - 1);
    for (int row = 0; row < rows; row++) {
      int place = row;
      for (int axis = 0; axis < dimensions; axis++) {
        grid.data()[row * dimensions + axis] = (float) (from + step * (place % points));
        place /= points;
      }
    }
    return grid;
  }
}

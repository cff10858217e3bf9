package io.github.jvae.nd4j;

import io.github.jvae.backend.support.Layout;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What Adam remembers of each variable, in the layout the variable is stored in. */
final class Moments {
  private final Nd4jVariables variables;
  private final IdentityHashMap<StoredVariable, Moment> moments = new IdentityHashMap<>();

  /**
   * Of one variable, in tiles: to move them into arrays and back would take as long as the rest.
   */
  static final class Moment {
    private final float[][] first;
    private final float[][] second;
    private Layout layout;

    Moment(Shape shape) {
      first = zeros(shape.size());
      second = zeros(shape.size());
      layout = Layout.portable(shape);
    }

    /** The running mean of the gradient. */
    float[][] first() {
      return first;
    }

    /** The running mean of its square. */
    float[][] second() {
      return second;
    }

    /** Puts the numbers into another order, as the variable's were since this was restored. */
    void layOut(Layout wanted) {
      if (!layout.equals(wanted)) {
        for (float[][] tiles : List.of(first, second)) {
          fill(tiles, wanted.toStored(layout.toPortable(numbers(tiles))));
        }
        layout = wanted;
      }
    }
  }

  Moments(Nd4jVariables variables) {
    this.variables = variables;
  }

  /** The moments of a variable; 0 when they are first asked for. */
  Moment of(StoredVariable variable) {
    Moment moment = moments.computeIfAbsent(variable, v -> new Moment(v.shape()));
    moment.layOut(variable.layout());
    return moment;
  }

  private static float[][] zeros(int size) {
    float[][] tiles = new float[(size + Tiles.SIZE - 1) / Tiles.SIZE][];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = new float[Math.min(Tiles.SIZE, size - i * Tiles.SIZE)];
    }
    return tiles;
  }

  private static float[] numbers(float[][] tiles) {
    int last = tiles.length - 1;
    float[] numbers = new float[last * Tiles.SIZE + tiles[last].length];
    for (int i = 0; i < tiles.length; i++) {
      System.arraycopy(tiles[i], 0, numbers, i * Tiles.SIZE, tiles[i].length);
    }
    return numbers;
  }

  private static void fill(float[][] tiles, float[] numbers) {
    for (int i = 0; i < tiles.length; i++) {
      System.arraycopy(numbers, i * Tiles.SIZE, tiles[i], 0, tiles[i].length);
    }
  }

  /** By variable, in the portable layout; copies. */
  Map<String, HostTensor> read(Function<Moment, float[][]> which) {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    for (String name : variables.names()) {
      StoredVariable variable = variables.require(name);
      float[] numbers = numbers(which.apply(of(variable)));
      result.put(name, HostTensor.of(variable.shape(), variable.layout().toPortable(numbers)));
    }
    return result;
  }

  void write(Map<String, HostTensor> values, Function<Moment, float[][]> which) {
    values.forEach((name, value) -> {
      StoredVariable variable = variables.require(name);
      fill(which.apply(of(variable)), variable.layout().toStored(value.data()));
    });
  }
}

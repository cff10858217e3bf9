package io.github.jvae.nd4j;

import io.github.jvae.tensor.HostTensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
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

    Moment(int size) {
      first = zeros(size);
      second = zeros(size);
    }

    /** The running mean of the gradient. */
    float[][] first() {
      return first;
    }

    /** The running mean of its square. */
    float[][] second() {
      return second;
    }
  }

  Moments(Nd4jVariables variables) {
    this.variables = variables;
  }

  /** The moments of a variable; 0 when they are first asked for. */
  Moment of(StoredVariable variable) {
    return moments.computeIfAbsent(variable, v -> new Moment(v.shape().size()));
  }

  private static float[][] zeros(int size) {
    float[][] tiles = new float[(size + Tiles.SIZE - 1) / Tiles.SIZE][];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = new float[Math.min(Tiles.SIZE, size - i * Tiles.SIZE)];
    }
    return tiles;
  }

  /** By variable, in the portable layout; copies. */
  Map<String, HostTensor> read(Function<Moment, float[][]> which) {
    Map<String, HostTensor> result = new LinkedHashMap<>();
    for (String name : variables.names()) {
      StoredVariable variable = variables.require(name);
      float[] numbers = new float[variable.shape().size()];
      float[][] tiles = which.apply(of(variable));
      for (int i = 0; i < tiles.length; i++) {
        System.arraycopy(tiles[i], 0, numbers, i * Tiles.SIZE, tiles[i].length);
      }
      result.put(name, HostTensor.of(variable.shape(), variable.layout().toPortable(numbers)));
    }
    return result;
  }

  void write(Map<String, HostTensor> values, Function<Moment, float[][]> which) {
    values.forEach((name, value) -> {
      StoredVariable variable = variables.require(name);
      float[] numbers = variable.layout().toStored(value.data());
      float[][] tiles = which.apply(of(variable));
      for (int i = 0; i < tiles.length; i++) {
        System.arraycopy(numbers, i * Tiles.SIZE, tiles[i], 0, tiles[i].length);
      }
    });
  }
}

package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.TileFunction;
import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.memory.Memory;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import java.util.List;

/**
 * The greatest, or the logarithm of the summed exponentials, of each row of [rows, count]. ND4J's
 * own are wrong for large numbers or in their gradients.
 */
public final class Extreme extends Operation {
  private final Reduction reduction;

  private Extreme(Reduction reduction, Value operand) {
    super(List.of(operand), List.of(Value.of(Shape.of(operand.shape().dimension(0)))));
    this.reduction = reduction;
  }

  /** Reduces over some axes, rising; the result is without them. */
  public static Value record(Recording recording, Reduction reduction, Value value, int... axes) {
    Value ordered = Transposition.last(recording, value, axes);
    Shape result = value.shape().reduce(axes, false);
    Shape rows = Shape.of(result.size(), value.size() / result.size());
    return recording.add(new Extreme(reduction, ordered.reshape(rows))).reshape(result);
  }

  @Override
  protected void differentiate(Gradients gradients) {
    Value x = operand(0);
    Recording recording = gradients.recording();
    gradients.add(x, () -> {
      Value share = recording.add(Elementwise.of(
          reduction == Reduction.MAX
              ? TileFunction.of((a, y) -> a == y ? 1 : 0)
              : TileFunction.of((a, y) -> (float) Math.exp((double) a - y)),
          Elementwise.NONE,
          x.shape(),
          x,
          column(result())));
      return recording.add(Elementwise.of(
          TileFunctions.MULTIPLY,
          Elementwise.NONE,
          x.shape(),
          share,
          column(gradients.require(result()))));
    });
  }

  private static Value column(Value value) {
    return value.reshape(Shape.of(value.size(), 1));
  }

  @Override
  public Kernel prepare(Placement placement) {
    Memory from = placement.memory(operand(0));
    Memory to = placement.memory(result());
    float[] row = new float[operand(0).shape().dimension(1)];
    return () -> {
      for (int i = 0; i < to.size(); i++) {
        from.floats().get(i * row.length, row);
        to.floats().put(i, reduce(row));
      }
    };
  }

  private float reduce(float[] row) {
    float greatest = row[0];
    for (float value : row) {
      greatest = Math.max(greatest, value);
    }
    if (reduction == Reduction.MAX || Float.isInfinite(greatest)) {
      return greatest;
    }
    double sum = 0;
    for (float value : row) {
      sum += Math.exp((double) value - greatest);
    }
    return (float) (greatest + Math.log(sum));
  }
}

package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Access;
import io.github.jvae.nd4j.kernel.Exponential;
import io.github.jvae.nd4j.kernel.FusedFunction;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.kernel.TileFunction;
import io.github.jvae.nd4j.kernel.TileFunctions;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A function of the numbers at the same place of its operands, computed tile by tile in Java. */
public final class Elementwise extends Operation {

  /** How a gradient passes to the operands. */
  interface Rule {
    /** Adds to the operands' gradients. */
    void differentiate(Gradients gradients, Elementwise operation, Value gradient);
  }

  /** No gradient passes. */
  static final Rule NONE = (gradients, operation, gradient) -> {};

  private final TileFunction function;
  private final List<Access> access;
  private final Rule rule;

  private Elementwise(
      TileFunction function, List<Access> access, Rule rule, List<Value> operands, Value result) {
    super(operands, List.of(result));
    this.function = function;
    this.access = access;
    this.rule = rule;
  }

  /** Of operands that broadcast to a shape. */
  static Elementwise of(TileFunction function, Rule rule, Shape shape, Value... operands) {
    List<Access> access = new ArrayList<>();
    for (Value operand : operands) {
      access.add(Access.broadcast(operand.shape(), shape));
    }
    return new Elementwise(function, access, rule, List.of(operands), Value.of(shape));
  }

  /** The operand with its axes in another order. */
  static Elementwise transpose(Value operand, Rule rule, int... order) {
    return new Elementwise(
        TileFunctions.COPY,
        List.of(Access.transpose(operand.shape(), order)),
        rule,
        List.of(operand),
        Value.of(operand.shape().permute(order)));
  }

  /**
   * The operand's numbers in any order, as a part of an operation that passes the gradient itself.
   *
   * @param positions where in the operand each number of the result is
   */
  static Elementwise gather(Value operand, Shape result, int... positions) {
    return new Elementwise(
        TileFunctions.COPY,
        List.of(Access.gather(positions)),
        (gradients, operation, gradient) -> {
          throw new IllegalStateException("the whole operation passes the gradient");
        },
        List.of(operand),
        Value.of(result));
  }

  /** Returns whether an operand's numbers are each met once and at their own places. */
  public boolean readsInPlace(int operand) {
    return access.get(operand).isDirect();
  }

  /**
   * Returns this operation with another in the place of the operand that it makes, for a replay:
   * the numbers in between never leave the tile. Its rule is not asked any more.
   *
   * @param operand which one
   */
  public Elementwise after(Elementwise maker, int operand) {
    List<Value> values = new ArrayList<>(maker.operands());
    List<Access> accesses = new ArrayList<>(maker.access);
    for (int i = 0; i < operands().size(); i++) {
      if (i != operand) {
        values.add(operand(i));
        accesses.add(access.get(i));
      }
    }
    TileFunction both = new FusedFunction(
        maker.function, maker.operands().size(), function, operand, operands().size() - 1);
    return new Elementwise(both, accesses, NONE, values, result());
  }

  @Override
  protected boolean passesGradient() {
    return rule != NONE;
  }

  @Override
  public boolean canReplace(int operand) {
    return readsInPlace(operand);
  }

  @Override
  protected void differentiate(Gradients gradients) {
    rule.differentiate(gradients, this, gradients.require(result()));
  }

  @Override
  public Kernel prepare(Placement placement) {
    return Parts.of(
        placement,
        result().size(),
        Tiles.SIZE,
        (from, to, tiles) -> new Pass(this, placement, from, to, tiles));
  }

  /** One pass over some of the numbers. */
  private static final class Pass implements Kernel {
    private final TileFunction function;
    private final Access.Reader[] readers;
    private final FloatBuffer result;
    private final int begin;
    private final int end;
    private final float[][] operands;
    private final float[] computed;
    private final Exponential exponential;

    Pass(Elementwise of, Placement placement, int begin, int end, Tiles tiles) {
      this.function = of.function.separate();
      this.readers = new Access.Reader[of.access.size()];
      this.operands = new float[readers.length][];
      for (int i = 0; i < readers.length; i++) {
        readers[i] = of.access.get(i).reader(placement.memory(of.operand(i)));
        operands[i] = tiles.tile(i + 1);
      }
      this.result = placement.memory(of.result()).floats();
      this.begin = begin;
      this.end = end;
      this.computed = tiles.tile(0);
      this.exponential = tiles.exponential();
    }

    @Override
    public void run() {
      for (Access.Reader reader : readers) {
        reader.begin();
      }
      for (int from = begin; from < end; from += Tiles.SIZE) {
        int count = Math.min(Tiles.SIZE, end - from);
        for (int i = 0; i < readers.length; i++) {
          readers[i].read(from, count, operands[i]);
        }
        function.apply(operands, computed, count, exponential);
        result.put(from, computed, 0, count);
      }
    }
  }
}

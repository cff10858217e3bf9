package io.github.jvae.nd4j.kernel;

/** A function of what another one makes: of that one's operands, then of its own others. */
public final class FusedFunction implements TileFunction {
  private final TileFunction first;
  private final TileFunction second;
  private final float[][] firstOperands;
  private final float[][] secondOperands;
  private final int place;
  private final float[] between = new float[Tiles.SIZE];

  /**
   * @param first the function that is computed first
   * @param operands how many operands it has
   * @param place which operand of the second it makes; the second's others come after its own
   */
  public FusedFunction(
      TileFunction first, int operands, TileFunction second, int place, int others) {
    this.first = first;
    this.second = second;
    this.firstOperands = new float[operands][];
    this.secondOperands = new float[others + 1][];
    this.place = place;
  }

  @Override
  public TileFunction separate() {
    return new FusedFunction(
        first.separate(),
        firstOperands.length,
        second.separate(),
        place,
        secondOperands.length - 1);
  }

  @Override
  public void apply(float[][] operands, float[] result, int count, Exponential exponential) {
    System.arraycopy(operands, 0, firstOperands, 0, firstOperands.length);
    first.apply(firstOperands, between, count, exponential);
    int next = firstOperands.length;
    for (int i = 0; i < secondOperands.length; i++) {
      secondOperands[i] = i == place ? between : operands[next++];
    }
    second.apply(secondOperands, result, count, exponential);
  }
}

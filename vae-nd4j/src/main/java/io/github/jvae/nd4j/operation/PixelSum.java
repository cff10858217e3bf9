package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Exponential;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.kernel.Tiles;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A sum over the pixels of each image of a function of image and decoding, and, where a gradient
 * asks for it, the function's derivative by the decoding for each pixel, in one pass over both.
 * Image and decoding are [B, D].
 */
public final class PixelSum extends Operation {

  /** The function. */
  public interface Term {
    /**
     * Computes the terms for some pixels.
     *
     * @param terms where they go
     * @param room as long as the terms, for what the computation needs on its way
     */
    void apply(float[] x, float[] decoded, float[] terms, float[] room, int count, Exponential e);

    /**
     * Computes the terms and their derivatives for some pixels.
     *
     * @param terms where they go
     * @param derivatives by the decoding
     */
    void applyWithDerivatives(
        float[] x, float[] decoded, float[] terms, float[] derivatives, int count, Exponential e);

    /** Records the derivatives by the image, given those by the decoding. */
    Value byImage(Recording recording, Value x, Value decoded, Value byDecoding);
  }

  private final Term term;
  private boolean differentiated;

  private PixelSum(Term term, Value x, Value decoded) {
    super(
        List.of(x, decoded),
        List.of(Value.of(Shape.of(x.shape().dimension(0))), Value.of(x.shape())));
    this.term = term;
  }

  /** The sums, [B]. */
  public static Value record(Recording recording, Term term, Value x, Value decoded) {
    int batch = x.shape().dimension(0);
    Shape rows = Shape.of(batch, x.size() / batch);
    return recording.add(new PixelSum(term, x.reshape(rows), decoded.reshape(rows)));
  }

  @Override
  protected void differentiate(Gradients gradients) {
    differentiated = true;
    Recording recording = gradients.recording();
    Value each = gradients.require(result());
    Value column = each.reshape(Shape.of(each.size(), 1));
    Value byDecoding = results().get(1);
    gradients.add(operand(1), () -> Arithmetic.product(recording, byDecoding, column));
    gradients.add(
        operand(0),
        () -> Arithmetic.product(
            recording, term.byImage(recording, operand(0), operand(1), byDecoding), column));
  }

  @Override
  public Kernel prepare(Placement placement) {
    FloatBuffer x = placement.memory(operand(0)).floats();
    FloatBuffer decoded = placement.memory(operand(1)).floats();
    FloatBuffer sums = placement.memory(result()).floats();
    FloatBuffer derivatives = placement.memory(results().get(1)).floats();
    return Parts.of(
        placement,
        operand(0).size(),
        operand(0).shape().dimension(1),
        (from, to, tiles) -> new Pass(x, decoded, sums, derivatives, from, to, tiles));
  }

  /** One pass over some images, in tiles that may end within one or hold several. */
  private final class Pass implements Kernel {
    private final Term function = term;
    private final boolean withDerivatives = differentiated;
    private final int pixels = operand(0).shape().dimension(1);
    private final FloatBuffer x;
    private final FloatBuffer decoded;
    private final FloatBuffer sums;
    private final FloatBuffer derivatives;
    private final int begin;
    private final int end;
    private final Tiles tiles;
    private final float[][] rooms;

    Pass(
        FloatBuffer x,
        FloatBuffer decoded,
        FloatBuffer sums,
        FloatBuffer derivatives,
        int begin,
        int end,
        Tiles tiles) {
      this.x = x;
      this.decoded = decoded;
      this.sums = sums;
      this.derivatives = derivatives;
      this.begin = begin;
      this.end = end;
      this.tiles = tiles;
      this.rooms = new float[][] {tiles.tile(4), tiles.tile(5)};
    }

    @Override
    public void run() {
      float[] terms = tiles.tile(2);
      double sum = 0;
      for (int from = begin; from < end; from += Tiles.SIZE) {
        int count = Math.min(Tiles.SIZE, end - from);
        compute(from, count, terms);
        int done = 0;
        while (done < count) {
          int place = (from + done) % pixels;
          int part = Math.min(pixels - place, count - done);
          sum += Sum.sum(terms, done, part, rooms);
          done += part;
          if (place + part == pixels) {
            sums.put((from + done) / pixels - 1, (float) sum);
            sum = 0;
          }
        }
      }
    }

    private void compute(int from, int count, float[] terms) {
      x.get(from, tiles.tile(0), 0, count);
      decoded.get(from, tiles.tile(1), 0, count);
      float[] images = tiles.tile(0);
      float[] decodings = tiles.tile(1);
      float[] other = tiles.tile(3);
      if (withDerivatives) {
        function.applyWithDerivatives(images, decodings, terms, other, count, tiles.exponential());
        derivatives.put(from, other, 0, count);
      } else {
        function.apply(images, decodings, terms, other, count, tiles.exponential());
      }
    }
  }
}

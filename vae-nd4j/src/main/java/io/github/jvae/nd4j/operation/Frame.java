package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Images [B, H, W, C] within a frame of zeros: as a window sees them, padding and all, but without
 * the rows and columns that it never reaches. So they {@linkplain Window#fits fit} the window
 * without its padding, whatever their size was.
 */
final class Frame extends Operation {
  private final int padding;

  private Frame(Value images, Shape framed, int padding) {
    super(List.of(images), List.of(Value.of(framed)));
    this.padding = padding;
  }

  /**
   * Frames the larger images of a window; they must not need a gradient.
   *
   * @param smaller the shape of the smaller ones, [B, h, w, c]
   */
  static Value record(Recording recording, Value images, Shape smaller, Window window) {
    Window bare = window.withoutPadding();
    Shape framed = images
        .shape()
        .with(1, bare.side(smaller.dimension(1)))
        .with(2, bare.side(smaller.dimension(2)));
    return recording.add(new Frame(images, framed, window.padding()));
  }

  @Override
  protected void differentiate(Gradients gradients) {
    throw new IllegalStateException("what is framed needs no gradient");
  }

  @Override
  public Kernel prepare(Placement placement) {
    FloatBuffer from = placement.memory(operand(0)).floats();
    FloatBuffer to = placement.memory(result()).floats();
    Shape framed = result().shape();
    int rows = framed.dimension(0) * framed.dimension(1);
    int length = framed.size() / rows;
    return Parts.of(
        placement,
        framed.size(),
        length,
        (begin, end, tiles) -> new Pass(from, to, begin / length, end / length));
  }

  /** Frames some rows. */
  private final class Pass implements Kernel {
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final int begin;
    private final int end;
    private final int height = operand(0).shape().dimension(1);
    private final int channels = operand(0).shape().dimension(3);
    private final int sourceLength = operand(0).shape().dimension(2) * channels;
    private final int framedHeight = result().shape().dimension(1);
    private final float[] row = new float[result().shape().dimension(2) * channels];
    private final float[] empty = new float[row.length];
    private final int left = Math.min(padding * channels, row.length);
    private final int copied = Math.min(sourceLength, row.length - left);

    Pass(FloatBuffer from, FloatBuffer to, int begin, int end) {
      this.from = from;
      this.to = to;
      this.begin = begin;
      this.end = end;
    }

    @Override
    public void run() {
      for (int target = begin; target < end; target++) {
        int y = target % framedHeight - padding;
        if (y < 0 || y >= height) {
          to.put(target * row.length, empty);
        } else {
          // The frame at both sides was never written, and stays 0.
          int image = target / framedHeight;
          from.get((image * height + y) * sourceLength, row, left, copied);
          to.put(target * row.length, row);
        }
      }
    }
  }
}

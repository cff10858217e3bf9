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
        (begin, end, tiles) -> new Pass(this, from, to, begin / length, end / length));
  }

  /** Frames some rows. */
  private static final class Pass implements Kernel {
    private final int padding;
    private final int framedHeight;
    private final int height;
    private final int sourceLength;
    private final int begin;
    private final int end;
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final int left;
    private final int copied;
    private final float[] row;
    private final float[] empty;

    Pass(Frame of, FloatBuffer from, FloatBuffer to, int begin, int end) {
      Shape image = of.operand(0).shape();
      Shape framed = of.result().shape();
      int channels = image.dimension(3);
      this.padding = of.padding;
      this.framedHeight = framed.dimension(1);
      this.height = image.dimension(1);
      this.sourceLength = image.dimension(2) * channels;
      this.begin = begin;
      this.end = end;
      this.from = from;
      this.to = to;
      this.row = new float[framed.dimension(2) * channels];
      this.empty = new float[row.length];
      this.left = Math.min(padding * channels, row.length);
      this.copied = Math.min(sourceLength, row.length - left);
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

package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.kernel.Parts;
import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A transposed convolution as a plain one that makes all the pixels of a stride together, as so
 * many more channels, which are then put in their places (Shi and others, "Is the deconvolution
 * layer the same as a convolutional layer?", 2016). With few channels, as in a decoder's last
 * layer, it takes a third of the time of ND4J's own. Where the image has n rows, the plain one has
 * {@code n + kernel / stride - 1}, so that with many channels it would be slower.
 */
final class SubpixelConvolution extends Operation {
  /** Channels up to which it is faster. */
  private static final int FEW = 8;

  private final Value image;
  private final Value kernel;
  private final Window window;

  private SubpixelConvolution(
      Value image, Value kernel, Window window, Value convolved, Shape result) {
    super(List.of(convolved), List.of(Value.of(result)));
    this.image = image;
    this.kernel = kernel;
    this.window = window;
  }

  /** Whether it can take the place of a transposed convolution, and is faster. */
  static boolean suits(Window window, Shape result) {
    return window.stride() > 1
        && window.kernel() % window.stride() == 0
        && result.dimension(3) <= FEW;
  }

  /**
   * @param image [B, h, w, in]
   * @param kernel [in, out, height, width]
   * @param result [B, H, W, out]
   */
  static Value record(Recording recording, Value image, Value kernel, Shape result, Window window) {
    int side = window.kernel() / window.stride();
    int channels = window.stride() * window.stride() * result.dimension(3);
    Shape kernels = Shape.of(channels, image.shape().dimension(3), side, side);
    Shape convolved = Shape.of(
        image.shape().dimension(0),
        image.shape().dimension(1) + side - 1,
        image.shape().dimension(2) + side - 1,
        channels);
    Value each = recording.add(
        Elementwise.gather(kernel, kernels, positions(kernel.shape(), window.stride())));
    Value all =
        Convolution.record(recording, image, each, convolved, new Window(side, 1, side - 1));
    return recording.add(new SubpixelConvolution(image, kernel, window, all, result));
  }

  /**
   * Where in the kernel each number of the plain one's kernel is. Row {@code a + m · stride} of a
   * kernel meets the pixel m rows above, which is where row {@code side - 1 - m} of a plain one is.
   */
  private static int[] positions(Shape kernel, int stride) {
    int in = kernel.dimension(0);
    int out = kernel.dimension(1);
    int extent = kernel.dimension(2);
    int side = extent / stride;
    int[] positions = new int[kernel.size()];
    int next = 0;
    for (int row = 0; row < stride; row++) {
      for (int column = 0; column < stride; column++) {
        for (int o = 0; o < out; o++) {
          for (int i = 0; i < in; i++) {
            for (int m = side - 1; m >= 0; m--) {
              for (int n = side - 1; n >= 0; n--) {
                int at = (i * out + o) * extent + row + m * stride;
                positions[next++] = at * extent + column + n * stride;
              }
            }
          }
        }
      }
    }
    return positions;
  }

  /** As if image and kernel were the operands: what is in between has no gradient of its own. */
  @Override
  protected void differentiate(Gradients gradients) {
    Convolution.differentiateTransposed(gradients, window, image, kernel, result());
  }

  @Override
  public Kernel prepare(Placement placement) {
    FloatBuffer from = placement.memory(operand(0)).floats();
    FloatBuffer to = placement.memory(result()).floats();
    int image = result().size() / result().shape().dimension(0);
    return Parts.of(
        placement,
        result().size(),
        image,
        (begin, end, tiles) -> new Interleaving(from, to, begin / image, end / image));
  }

  /** Puts the pixels of each stride side by side, in some images. */
  private final class Interleaving implements Kernel {
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final int begin;
    private final int end;
    private final int stride = window.stride();
    private final int padding = window.padding();
    private final int rows = operand(0).shape().dimension(1);
    private final int columns = operand(0).shape().dimension(2);
    private final int channels = operand(0).shape().dimension(3);
    private final int height = result().shape().dimension(1);
    private final int resultChannels = result().shape().dimension(3);
    private final float[] source = new float[columns * channels];
    private final float[] row = new float[result().shape().dimension(2) * resultChannels];

    Interleaving(FloatBuffer from, FloatBuffer to, int begin, int end) {
      this.from = from;
      this.to = to;
      this.begin = begin;
      this.end = end;
    }

    @Override
    public void run() {
      for (int image = begin; image < end; image++) {
        int held = -1;
        for (int y = 0; y < height; y++) {
          int q = (y + padding) / stride;
          // An output row beyond the kernel's reach is made of nothing.
          if (q < rows && q != held) {
            from.get((image * rows + q) * source.length, source);
            held = q;
          }
          if (q < rows) {
            gather((y + padding) % stride);
          } else {
            Arrays.fill(row, 0);
          }
          to.put((image * height + y) * row.length, row);
        }
      }
    }

    /** Fills the row with the pixels of one row of each stride. */
    private void gather(int part) {
      int length = channels / stride;
      int shift = padding * resultChannels;
      for (int j = 0; j < columns; j++) {
        int begin = j * channels + part * length;
        int first = j * length - shift;
        int skipped = Math.max(0, -first);
        int count = Math.min(length, row.length - first);
        for (int i = skipped; i < count; i++) {
          row[first + i] = source[begin + i];
        }
      }
    }
  }
}

package io.github.jvae.data.array;

import io.github.jvae.data.array.ArrayOptions.AxisLayout;
import io.github.jvae.data.array.ArrayOptions.CountingAxis;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Decides what the axes of an array are: which one counts the examples, and what the others are of
 * an image, where it is one.
 *
 * <p>Bytes of two axes beside the counting one are gray images; of three axes, of any type, the
 * channels are the first or the last one, whichever is the only one of at most
 * {@value #MOST_CHANNELS}. Where that does not tell, bytes are refused, and other numbers left as
 * they are. All other axes are left as they are.
 */
final class ArrayAxes {
  private static final int MOST_CHANNELS = 4;

  private ArrayAxes() {}

  /**
   * Returns the axis that counts the examples of an array of MATLAB's, where it is not told: the
   * one of as many as there are labels; else the last one, or of two axes the longer.
   */
  static CountingAxis ofMatlab(ArrayHeader header, OptionalLong labels) {
    int last = header.rank() - 1;
    if (labels.isPresent()) {
      boolean first =
          header.extent(0) == labels.getAsLong() && header.extent(last) != labels.getAsLong();
      return first ? CountingAxis.FIRST : CountingAxis.LAST;
    }
    return last == 1 && header.extent(0) > header.extent(1)
        ? CountingAxis.FIRST
        : CountingAxis.LAST;
  }

  /**
   * Returns how the examples of an array lie.
   *
   * @param counting the axis that counts them, told or decided
   * @throws VaeException if the axes are not those of the layout, or it must be told
   */
  static ExampleLayout layout(StoredArray array, CountingAxis counting, AxisLayout layout) {
    int rank = array.header().rank();
    if (rank == 0) {
      throw FileFault.of(
          array.header().place(), "holds a single number", "give an array of examples");
    }
    int examples = counting == CountingAxis.LAST ? rank - 1 : 0;
    int[] axes = IntStream.range(0, rank).filter(axis -> axis != examples).toArray();
    AxisLayout decided = layout == AxisLayout.AUTO ? decide(array.header(), axes) : layout;
    return switch (decided) {
      case HW -> {
        require(array, axes, 2, "hw");
        yield ExampleLayout.of(array, examples, axes, 1);
      }
      case CHW -> {
        require(array, axes, 3, "chw");
        yield ExampleLayout.of(array, examples, axes);
      }
      case HWC -> {
        require(array, axes, 3, "hwc");
        yield ExampleLayout.of(array, examples, new int[] {axes[2], axes[0], axes[1]});
      }
      case AUTO, PLAIN ->
        axes.length == 0
            ? ExampleLayout.of(array, examples, axes, 1)
            : ExampleLayout.of(array, examples, axes);
    };
  }

  private static AxisLayout decide(ArrayHeader header, int[] axes) {
    boolean pixels = header.type() == ElementType.UINT8 || header.type() == ElementType.BOOL;
    if (axes.length == 2) {
      return pixels ? AxisLayout.HW : AxisLayout.PLAIN;
    }
    if (axes.length != 3) {
      return AxisLayout.PLAIN;
    }
    boolean first = header.extent(axes[0]) <= MOST_CHANNELS;
    boolean last = header.extent(axes[2]) <= MOST_CHANNELS;
    if (first != last) {
      return first ? AxisLayout.CHW : AxisLayout.HWC;
    }
    if (pixels) {
      throw FileFault.of(
          header.place(),
          "holds " + header
              + ", of which neither the first nor the last axis of an image is plainly"
              + " its channels",
          "say which with --layout chw, hwc or plain");
    }
    return AxisLayout.PLAIN;
  }

  private static void require(StoredArray array, int[] axes, int wanted, String layout) {
    if (axes.length != wanted) {
      throw FileFault.of(
          array.header().place(),
          "holds " + array.header() + ", whose examples have " + axes.length + " axes, not the "
              + wanted + " of --layout " + layout,
          "choose another layout, or --layout plain");
    }
  }
}

package io.github.jvae.hierarchy;

import io.github.jvae.model.Places;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes images larger by copies of their edges, evenly on both sides, and cuts others of the larger
 * size back.
 *
 * @param image [channels, height, width]
 * @param padded the same with a height and a width that are no smaller
 */
record ImagePadding(Shape image, Shape padded) {
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;

  /**
   * Returns the padding to heights and widths that a number divides; none where it does already.
   */
  static ImagePadding toMultiplesOf(int divisor, Shape image) {
    Shape padded = image;
    for (int axis : List.of(HEIGHT, WIDTH)) {
      padded = padded.with(axis, (image.dimension(axis) + divisor - 1) / divisor * divisor);
    }
    return new ImagePadding(image, padded);
  }

  boolean isNone() {
    return image.equals(padded);
  }

  private int before(int axis) {
    return (padded.dimension(axis) - image.dimension(axis)) / 2;
  }

  /**
   * Records larger images.
   *
   * @param images [B, channels, height, width] as {@link #image}
   */
  Tensor pad(Tensor images) {
    return pad(pad(images, HEIGHT), WIDTH);
  }

  private Tensor pad(Tensor images, int axis) {
    int extent = image.dimension(axis);
    int before = before(axis);
    List<Tensor> parts = new ArrayList<>();
    addCopies(parts, images, axis, 0, before);
    parts.add(images);
    addCopies(parts, images, axis, extent - 1, padded.dimension(axis) - extent - before);
    return Places.joined(axis + 1, parts);
  }

  private static void addCopies(List<Tensor> parts, Tensor images, int axis, int place, int count) {
    if (count > 0) {
      Tensor edge = images.slice(axis + 1, place, place + 1);
      parts.add(edge.broadcastTo(edge.shape().with(axis + 1, count)));
    }
  }

  /**
   * Records what lies in the place of the images.
   *
   * @param larger [B, any channels, height, width] as {@link #padded}
   */
  Tensor crop(Tensor larger) {
    Tensor cropped = larger;
    for (int axis : List.of(HEIGHT, WIDTH)) {
      if (padded.dimension(axis) > image.dimension(axis)) {
        cropped = cropped.slice(axis + 1, before(axis), before(axis) + image.dimension(axis));
      }
    }
    return cropped;
  }
}

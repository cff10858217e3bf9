package io.github.jvae.data.image;

import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import java.util.List;
import java.util.Optional;

/**
 * Which part of each image is taken, and to what size it is scaled, so that images of different
 * sizes make a data set.
 *
 * @param crop the middle of an image that is kept, if not all of it
 * @param resize the size that is made of it, if it is not left: what stands out of its aspect is
 *     cut off evenly, so that nothing is squeezed
 */
record Framing(Optional<PixelSize> crop, Optional<PixelSize> resize) {
  private static final OptionDescription<Optional<PixelSize>> CROP = OptionDescription.of(
      "crop",
      PixelSize.optional(),
      Optional.empty(),
      "The middle of each image that is kept, before it is resized.");

  private static final OptionDescription<Optional<PixelSize>> RESIZE = OptionDescription.of(
      "resize",
      PixelSize.optional(),
      Optional.empty(),
      "The size that each image is scaled to; what stands out of its aspect is cut off evenly.");

  /** Returns the options that it is made of. */
  static List<OptionDescription<?>> options() {
    return List.of(CROP, RESIZE);
  }

  /** Reads those options. */
  static Framing of(Options options) {
    return new Framing(CROP.in(options), RESIZE.in(options));
  }

  /**
   * Returns an image as it is wanted.
   *
   * @throws io.github.jvae.error.VaeException if it is smaller than the part to be kept
   */
  ImageFile fit(ImageFile image) {
    ImageFile kept = crop.map(size -> keep(image, size)).orElse(image);
    return resize.map(size -> scale(kept, size)).orElse(kept);
  }

  private static ImageFile keep(ImageFile image, PixelSize size) {
    if (image.width < size.width() || image.height < size.height()) {
      throw FileFault.of(
          image.path,
          "is " + image.size() + " pixels, smaller than the " + size + " of --crop",
          "leave it out, choose a smaller crop, or scale it with --resize alone");
    }
    return middle(image, size);
  }

  private static ImageFile scale(ImageFile image, PixelSize size) {
    double aspect = (double) size.width() / size.height();
    PixelSize covered = new PixelSize(
        within(image.height * aspect, image.width), within(image.width / aspect, image.height));
    ImageFile part = middle(image, covered);
    if (!covered.equals(image.size())) {
      part.notes.add(ImageNote.CUT);
    }
    return size.equals(covered)
        ? part
        : part.with(Resampling.scale(part.bytes, covered, size), size);
  }

  private static int within(double extent, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(extent)));
  }

  private static ImageFile middle(ImageFile image, PixelSize size) {
    if (size.equals(image.size())) {
      return image;
    }
    byte[] bytes = new byte[image.channels * size.width() * size.height()];
    int left = (image.width - size.width()) / 2;
    int top = (image.height - size.height()) / 2;
    for (int row = 0; row < image.channels * size.height(); row++) {
      int plane = row / size.height();
      int source = (plane * image.height + top + row % size.height()) * image.width + left;
      System.arraycopy(image.bytes, source, bytes, row * size.width(), size.width());
    }
    return image.with(bytes, size);
  }
}

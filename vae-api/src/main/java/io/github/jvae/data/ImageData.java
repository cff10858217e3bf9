package io.github.jvae.data;

import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Locale;

/**
 * A data set as it is used: images to train on, others to test on, both of one shape.
 *
 * @param name what people call it
 * @param train the images to train on
 * @param test the images to test on
 * @param origin where it was read from, for people to read
 * @param notes what its owner may want to know of how it was read, a line each: what was rounded,
 *     turned, left out or passed over
 */
public record ImageData(
    String name, Dataset train, Dataset test, String origin, List<String> notes) {
  /** Of how many images one is set aside for testing, where the data bring no test part. */
  public static final int TEST_EVERY = 10;

  /**
   * Checks that the two parts fit together.
   *
   * @throws VaeException if the images of the two parts differ in shape
   */
  public ImageData {
    if (!train.imageShape().equals(test.imageShape())) {
      throw new VaeException(String.format(
          Locale.ROOT,
          "data set '%s' (%s): training images are %s but test images are %s; they must agree",
          name,
          Quote.path(origin),
          train.imageShape(),
          test.imageShape()));
    }
    notes = List.copyOf(notes);
  }

  /** A data set of which nothing is to be noted. */
  public ImageData(String name, Dataset train, Dataset test, String origin) {
    this(name, train, test, origin, List.of());
  }

  /** This data set with other notes. */
  public ImageData withNotes(List<String> newNotes) {
    return new ImageData(name, train, test, origin, newNotes);
  }

  /**
   * Sets every 10th image aside for testing: those numbered 9, 19, 29 …, or the last one where
   * there are fewer than 10. Nothing random: the same images make the same split.
   *
   * @throws VaeException if there is only one image
   */
  public static ImageData split(Dataset all, String origin) {
    int size = all.size();
    if (size < 2) {
      throw new VaeException("data set '" + all.name() + "' (" + Quote.path(origin)
          + ") has one image; give at least 2");
    }
    int every = Math.min(size, TEST_EVERY);
    return new ImageData(all.name(), all.withoutEvery(every), all.every(every), origin);
  }

  /** The shape of one image: [channels, height, width]. */
  public Shape imageShape() {
    return train.imageShape();
  }

  /** At most so many images to train on and to test on: the first of each. */
  public ImageData limit(int trainImages, int testImages) {
    return new ImageData(name, train.limit(trainImages), test.limit(testImages), origin, notes);
  }
}

package io.github.jvae.evaluate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All draws of all images, image by image, so many at a time that memory depends on the number of
 * neither.
 */
final class DrawBatches implements Iterator<DrawBatch> {
  /** Draws of a block: an image is encoded once for so many, which is as good as nothing. */
  private static final int LARGEST_BLOCK = 64;

  /** Blocks of a batch, at least: threads share them. */
  private static final int FEWEST_BLOCKS = 16;

  private final Iterator<DrawnImage> images;
  private final int samples;
  private final int times;
  private final int blocks;
  private final int size;
  private @Nullable DrawnImage image;
  private int left;

  /**
   * @param images to draw for
   * @param samples draws of each image
   * @param rows draws in a batch, at most, if there is room for an image in it
   * @param size how many numbers a draw takes
   */
  DrawBatches(Iterator<DrawnImage> images, int samples, int rows, int size) {
    this.images = images;
    this.samples = samples;
    int largest = Math.max(1, Math.min(LARGEST_BLOCK, rows / FEWEST_BLOCKS));
    this.times = divideUp(samples, divideUp(samples, largest));
    this.blocks = Math.max(1, rows / times);
    this.size = size;
  }

  private static int divideUp(int count, int by) {
    return (count - 1) / by + 1;
  }

  @Override
  public boolean hasNext() {
    return left > 0 || images.hasNext();
  }

  @Override
  public DrawBatch next() {
    List<DrawBatch.Block> batch = new ArrayList<>();
    do {
      batch.add(nextBlock());
    } while (batch.size() < blocks && hasNext());
    return new DrawBatch(batch, times, size);
  }

  private DrawBatch.Block nextBlock() {
    DrawnImage current = image;
    if (left == 0 || current == null) {
      current = images.next();
      image = current;
      left = samples;
    }
    int draws = Math.min(times, left);
    left -= draws;
    return new DrawBatch.Block(current, draws, left == 0);
  }
}

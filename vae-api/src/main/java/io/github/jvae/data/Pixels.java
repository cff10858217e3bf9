package io.github.jvae.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of many images of one size, in one or several blocks, on the heap or in a mapped file.
 *
 * <p>An image lies in one piece, but something else may lie between two of them (a CIFAR-10 record
 * begins with its label). Buffers are only read at absolute positions, so that threads may share
 * them.
 */
public final class Pixels {
  /** Images that follow each other at equal distance. */
  public static final class Block {
    private final ByteBuffer bytes;
    private final int start;
    private final int stride;
    private final int count;

    /**
     * @param bytes the memory that holds the images
     * @param start where the first image begins
     * @param stride how far apart two images begin
     * @param count the number of images
     */
    public Block(ByteBuffer bytes, int start, int stride, int count) {
      this.bytes = bytes;
      this.start = start;
      this.stride = stride;
      this.count = count;
    }
  }

  private final int imageSize;
  private final Block[] blocks;
  private final int[] firstImages;
  private final int count;

  /**
   * @param imageSize the bytes of one image
   * @param blocks the images, in order
   */
  public Pixels(int imageSize, List<Block> blocks) {
    this.imageSize = imageSize;
    this.blocks = blocks.toArray(new Block[0]);
    this.firstImages = new int[this.blocks.length];
    int images = 0;
    for (int i = 0; i < this.blocks.length; i++) {
      firstImages[i] = images;
      images = Math.addExact(images, this.blocks[i].count);
    }
    this.count = images;
  }

  /** Images that lie one after the other in an array. */
  static Pixels of(int imageSize, byte[] bytes) {
    Block block = new Block(ByteBuffer.wrap(bytes), 0, imageSize, bytes.length / imageSize);
    return new Pixels(imageSize, List.of(block));
  }

  int count() {
    return count;
  }

  int imageSize() {
    return imageSize;
  }

  /** Copies one image. */
  void copy(int image, byte[] target, int offset) {
    int found = blocks.length == 1 ? 0 : Arrays.binarySearch(firstImages, image);
    int index = found < 0 ? -found - 2 : found;
    Block block = blocks[index];
    int position = block.start + (image - firstImages[index]) * block.stride;
    block.bytes.get(position, target, offset, imageSize);
  }
}

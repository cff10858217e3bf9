package io.github.jvae.data;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes of many images of one size, wherever they lie: on the heap, in a mapped file or in
 * another order than a model wants them. Safe for use by several threads.
 */
public interface Pixels {
  /**
   * Images that follow each other at equal distance.
   *
   * @param bytes the memory that holds the images
   * @param start where the first image begins
   * @param stride how far apart two images begin
   * @param count the number of images
   */
  record Block(ByteBuffer bytes, int start, int stride, int count) {}

  /** Returns the number of images. */
  int count();

  /** Returns the bytes of one image. */
  int imageSize();

  /**
   * Copies one image, channel after channel and row after row.
   *
   * @param image which one, from 0
   * @param target receives the bytes of the image
   * @param offset where in the target the image begins
   */
  void copy(int image, byte[] target, int offset);

  /**
   * Returns the images of several blocks, one block after the other.
   *
   * @param imageSize the bytes of one image
   */
  static Pixels of(int imageSize, List<Block> blocks) {
    return new PixelBlocks(imageSize, blocks);
  }

  /** Returns images that lie one after the other in an array. */
  static Pixels of(int imageSize, byte[] bytes) {
    Block block = new Block(ByteBuffer.wrap(bytes), 0, imageSize, bytes.length / imageSize);
    return of(imageSize, List.of(block));
  }
}

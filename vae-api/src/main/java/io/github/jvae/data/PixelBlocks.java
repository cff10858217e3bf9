package io.github.jvae.data;

import java.util.Arrays;
import java.util.List;

/**
 * Images in one or several blocks. An image lies in one piece, but something else may lie between
 * two of them (a CIFAR-10 record begins with its label). Buffers are only read at absolute
 * positions, so that threads may share them.
 */
final class PixelBlocks implements Pixels {
  private final int imageSize;
  private final Block[] blocks;
  private final int[] firstImages;
  private final int count;

  PixelBlocks(int imageSize, List<Block> blocks) {
    this.imageSize = imageSize;
    this.blocks = blocks.toArray(new Block[0]);
    this.firstImages = new int[this.blocks.length];
    int images = 0;
    for (int i = 0; i < this.blocks.length; i++) {
      firstImages[i] = images;
      images = Math.addExact(images, this.blocks[i].count());
    }
    this.count = images;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int imageSize() {
    return imageSize;
  }

  @Override
  public void copy(int image, byte[] target, int offset) {
    int found = blocks.length == 1 ? 0 : Arrays.binarySearch(firstImages, image);
    int index = found < 0 ? -found - 2 : found;
    Block block = blocks[index];
    int position = block.start() + (image - firstImages[index]) * block.stride();
    block.bytes().get(position, target, offset, imageSize);
  }
}

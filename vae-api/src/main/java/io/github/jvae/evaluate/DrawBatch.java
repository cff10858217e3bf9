package io.github.jvae.evaluate;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Draws that are computed together, in blocks of as many draws of one image. An image may have
 * several blocks, so that there are enough of them to be divided among threads.
 */
final class DrawBatch {
  private final List<Block> blocks;
  private final HostTensor[] inputs;

  /**
   * Some draws of an image.
   *
   * @param draws how many of the block's count; what there is more of, in the last block of an
   *     image, is there so that all blocks are of one size
   * @param last whether the image's draws end with these
   */
  record Block(DrawnImage image, int draws, boolean last) {}

  /**
   * Takes the noise of the draws from their images'.
   *
   * @param blocks at least one
   * @param times draws in a block
   * @param size how many numbers a draw takes
   */
  DrawBatch(List<Block> blocks, int times, int size) {
    this.blocks = List.copyOf(blocks);
    HostTensor noise = HostTensor.zeros(Shape.of(blocks.size(), times, size));
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      int begin = i * times * size;
      block.image().noise().fillGaussian(noise.data(), begin, begin + block.draws() * size);
    }
    List<HostTensor> all = new ArrayList<>();
    for (int input = 0; input < blocks.get(0).image().inputs().size(); input++) {
      all.add(rows(input));
    }
    all.add(1, noise);
    this.inputs = all.toArray(HostTensor[]::new);
  }

  /** One of the inputs of all blocks' images. */
  private HostTensor rows(int input) {
    HostTensor first = blocks.get(0).image().inputs().get(input);
    HostTensor all = HostTensor.zeros(first.shape().with(0, blocks.size()));
    int size = all.data().length / blocks.size();
    for (int i = 0; i < blocks.size(); i++) {
      DrawnImage image = blocks.get(i).image();
      float[] rows = image.inputs().get(input).data();
      System.arraycopy(rows, image.row() * size, all.data(), i * size, size);
    }
    return all;
  }

  /**
   * What the weights are computed of: the image of each block, [blocks, C, H, W]; standard normal
   * noise, [blocks, draws, numbers of a draw]; the model's conditions, [blocks, ...].
   */
  HostTensor[] inputs() {
    return inputs;
  }

  /** How many draws count. */
  long draws() {
    return blocks.stream().mapToLong(Block::draws).sum();
  }

  /**
   * Adds what the draws have given to their images' sums.
   *
   * @param outputs [blocks, draws, ...] each, as {@link ImportanceDraws} computes them
   * @param finished given an image once all its draws are there
   */
  void add(List<HostTensor> outputs, Consumer<DrawnImage> finished) {
    int times = outputs.get(0).shape().dimension(1);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      for (int draw = 0; draw < block.draws(); draw++) {
        block.image().sums().add(outputs, i * times + draw);
      }
      if (block.last()) {
        finished.accept(block.image());
      }
    }
  }
}

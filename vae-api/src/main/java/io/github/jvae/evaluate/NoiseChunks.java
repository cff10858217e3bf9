package io.github.jvae.evaluate;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The noise for all draws of all groups of images, so many at a time that memory depends on neither
 * number. Each image's comes from a stream of its own.
 */
final class NoiseChunks implements Iterator<NoiseChunks.Chunk> {
  private final Iterator<ImageGroup> groups;
  private final RandomStream root;
  private final int samples;
  private final int rows;
  private final int size;
  private @Nullable ImageGroup group;
  private RandomStream[] streams = {};
  private int left;

  /** Some draws of a group: standard normal, [images, draws, numbers of a draw]. */
  static final class Chunk {
    private final ImageGroup group;
    private final HostTensor noise;
    private final boolean last;

    private Chunk(ImageGroup group, HostTensor noise, boolean last) {
      this.group = group;
      this.noise = noise;
      this.last = last;
    }

    ImageGroup group() {
      return group;
    }

    HostTensor noise() {
      return noise;
    }

    /** Whether the group's draws end with these. */
    boolean isLast() {
      return last;
    }
  }

  /**
   * @param samples draws for each image
   * @param rows the most draws in a chunk, unless a group has more images than that
   * @param size how many numbers a draw takes
   */
  NoiseChunks(Iterator<ImageGroup> groups, RandomStream root, int samples, int rows, int size) {
    this.groups = groups;
    this.root = root;
    this.samples = samples;
    this.rows = rows;
    this.size = size;
  }

  @Override
  public boolean hasNext() {
    return left > 0 || groups.hasNext();
  }

  @Override
  public Chunk next() {
    ImageGroup current = group;
    if (left == 0 || current == null) {
      current = groups.next();
      group = current;
      streams = Arrays.stream(current.indices()).mapToObj(root::child).toArray(RandomStream[]::new);
      left = samples;
    }
    int draws = evenPart(left, Math.max(1, rows / current.size()));
    left -= draws;
    HostTensor noise = HostTensor.zeros(Shape.of(current.size(), draws, size));
    for (int i = 0; i < streams.length; i++) {
      streams[i].fillGaussian(noise.data(), i * draws * size, (i + 1) * draws * size);
    }
    return new Chunk(current, noise, left == 0);
  }

  /**
   * The first of as few parts as there can be, all of nearly the same size: an engine records a
   * computation for each size, and uses its threads best if none is small.
   *
   * @param count what is divided
   * @param most what a part may hold
   */
  static int evenPart(int count, int most) {
    int parts = (count - 1) / most + 1;
    return (count - 1) / parts + 1;
  }
}

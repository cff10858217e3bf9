package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("The noise of all draws")
final class NoiseChunksTest {
  private static final RandomStream ROOT = RandomStream.of(1).child("noise of a test");

  private static ImageGroup group(int... indices) {
    return new ImageGroup(HostTensor.zeros(Shape.of(indices.length, 1, 1, 1)), indices);
  }

  /** What each image is given, in order, whatever the chunks. */
  private static List<List<Float>> byImage(int samples, int rows, int size, int... indices) {
    List<List<Float>> result = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      result.add(new ArrayList<>());
    }
    NoiseChunks chunks =
        new NoiseChunks(List.of(group(indices)).iterator(), ROOT, samples, rows, size);
    while (chunks.hasNext()) {
      NoiseChunks.Chunk chunk = chunks.next();
      assertThat(chunk.isLast()).isEqualTo(!chunks.hasNext());
      int draws = chunk.noise().shape().dimension(1);
      for (int i = 0; i < indices.length; i++) {
        for (int j = 0; j < draws * size; j++) {
          result.get(i).add(chunk.noise().data()[i * draws * size + j]);
        }
      }
    }
    return result;
  }

  @Property(tries = 100)
  @Label("of an image depends neither on the chunks nor on the images beside it")
  void independent(
      @ForAll @IntRange(min = 1, max = 50) int samples,
      @ForAll @IntRange(min = 1, max = 40) int rows) {
    List<List<Float>> together = byImage(samples, rows, 3, 4, 7);
    assertThat(together.get(0))
        .hasSize(samples * 3)
        .isEqualTo(byImage(samples, 999, 3, 4).get(0));
    assertThat(together.get(1)).isEqualTo(byImage(samples, 1, 3, 9, 7).get(1));
  }

  @Property
  @Label("comes in as few parts as it can, of nearly the same size")
  void even(
      @ForAll @IntRange(min = 1, max = 5000) int count,
      @ForAll @IntRange(min = 1, max = 600) int most) {
    List<Integer> parts = new ArrayList<>();
    int left = count;
    while (left > 0) {
      parts.add(NoiseChunks.evenPart(left, most));
      left -= parts.get(parts.size() - 1);
    }
    assertThat(left).isZero();
    assertThat(parts).hasSize((count + most - 1) / most);
    assertThat(parts.get(0)).isLessThanOrEqualTo(most);
    assertThat(parts.get(0) - parts.get(parts.size() - 1)).isBetween(0, 1);
  }
}

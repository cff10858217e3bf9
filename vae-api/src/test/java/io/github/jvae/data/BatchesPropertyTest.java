package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("Batches of any size")
class BatchesPropertyTest {
  private static final Transforms COINS = Transforms.of(Binarization.STOCHASTIC);

  private final ImageExamples data = ImageExamples.of("d", Shape.of(1, 2, 2), Samples.bytes(40, 1));

  @Property(tries = 100)
  @Label("toss the same coins for an image, whatever the batch size and order")
  void coins(@ForAll @IntRange(min = 1, max = 12) int batchSize, @ForAll long seed) {
    float[][] expected = images(Batches.of(data, 10).transformed(COINS, Pass.training(seed, 3)));
    float[][] actual = images(
        Batches.of(data, batchSize).shuffled(seed, 3).transformed(COINS, Pass.training(seed, 3)));
    assertThat(actual).isDeepEqualTo(expected);
  }

  @Property(tries = 50)
  @Label("are the same with and without prefetching")
  void prefetched(
      @ForAll @IntRange(min = 1, max = 12) int batchSize,
      @ForAll @IntRange(min = 1, max = 5) int ahead) {
    Batches batches = Batches.of(data, batchSize).shuffled(5, 1).transformed(COINS, Pass.test(5));
    List<HostTensor> direct = new ArrayList<>();
    batches.forEach(batch -> direct.add(batch.x()));
    List<HostTensor> background = new ArrayList<>();
    try (Prefetcher<Batch> prefetcher = batches.prefetched(ahead)) {
      prefetcher.forEachRemaining(batch -> background.add(batch.x()));
    }
    assertThat(background).isEqualTo(direct);
  }

  private float[][] images(Batches batches) {
    float[][] images = new float[data.size()][];
    for (Batch batch : batches) {
      for (int row = 0; row < batch.size(); row++) {
        images[batch.indices()[row]] = batch.x().rows(row, row + 1).data();
      }
    }
    return images;
  }
}

package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

@Label("The draws of all images")
final class DrawBatchesTest {
  private static final RandomStream ROOT = RandomStream.of(1).child("noise of a test");
  private static final int SIZE = 3;

  /** Images of one pixel, which holds the image's place. */
  private static Iterator<DrawnImage> images(int... indices) {
    return IntStream.of(indices)
        .mapToObj(index -> new DrawnImage(
            index,
            List.of(HostTensor.of(Shape.of(2, 1, 1, 1), -1, index)),
            1,
            ROOT.child(index),
            new DrawSums()))
        .iterator();
  }

  /** The noise of an image, whatever the batches: that of its draws, in order. */
  private static List<Float> noise(int image, int samples, int rows, int... indices) {
    List<Float> result = new ArrayList<>();
    DrawBatches batches = new DrawBatches(images(indices), samples, rows, SIZE);
    while (batches.hasNext()) {
      DrawBatch batch = batches.next();
      int block = batch.inputs()[1].data().length / batch.inputs()[1].shape().dimension(0);
      for (int i = 0; i < batch.inputs()[1].data().length; i++) {
        if (batch.inputs()[0].data()[i / block] == image) {
          result.add(batch.inputs()[1].data()[i]);
        }
      }
    }
    // What the last block has too many is behind all the others.
    return result.subList(0, samples * SIZE);
  }

  @Property(tries = 200)
  @Label("of one image have the same noise whatever is computed together")
  void independent(
      @ForAll @IntRange(min = 1, max = 300) int samples,
      @ForAll @IntRange(min = 1, max = 2000) int rows) {
    List<Float> alone = noise(4, samples, 1, 4);
    assertThat(alone).doesNotHaveDuplicates();
    assertThat(noise(4, samples, rows, 2, 4, 9)).isEqualTo(alone);
    assertThat(noise(9, samples, rows, 2, 4, 9)).isEqualTo(noise(9, samples, 999, 9));
  }

  @Property
  @Label("are counted once each, and the images come in order when all theirs are there")
  void counted(
      @ForAll @IntRange(min = 1, max = 300) int samples,
      @ForAll @IntRange(min = 1, max = 2000) int rows,
      @ForAll @IntRange(min = 1, max = 20) int count) {
    DrawBatches batches =
        new DrawBatches(images(IntStream.range(0, count).toArray()), samples, rows, SIZE);
    List<Double> finished = new ArrayList<>();
    long draws = 0;
    while (batches.hasNext()) {
      DrawBatch batch = batches.next();
      Shape shape = batch.inputs()[1].shape();
      assertThat(shape.dimension(0) * shape.dimension(1)).isLessThanOrEqualTo(Math.max(1, rows));
      assertThat(batch.inputs()[0].shape()).isEqualTo(Shape.of(shape.dimension(0), 1, 1, 1));
      HostTensor logWeights = HostTensor.zeros(Shape.of(shape.dimension(0), shape.dimension(1)));
      for (int i = 0; i < logWeights.data().length; i++) {
        logWeights.data()[i] = batch.inputs()[0].data()[i / shape.dimension(1)];
      }
      batch.add(List.of(logWeights, logWeights), image -> {
        finished.add(image.sums().weights().logMean());
        assertThat(image.sums().weights().effectiveSampleSize()).isCloseTo(samples, offset());
        assertThat(image.sums().meanLogLikelihood()).isCloseTo(image.index(), offset());
      });
      draws += batch.draws();
    }
    assertThat(draws).isEqualTo((long) samples * count);
    assertThat(finished).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(finished.get(i)).isCloseTo(i, offset());
    }
  }

  private static Offset<Double> offset() {
    return within(1e-6);
  }

  @Property
  @Label("are as good as never computed in vain, and fill their batches")
  void full(@ForAll @IntRange(min = 1, max = 100_000) int samples) {
    int count = 4096 / samples + 2;
    DrawBatches batches =
        new DrawBatches(images(IntStream.range(0, count).toArray()), samples, 4096, SIZE);
    DrawBatch first = batches.next();
    int computed = first.inputs()[1].data().length / SIZE;
    assertThat(computed).isBetween(4096 - 64, 4096);
    assertThat(first.draws()).isGreaterThanOrEqualTo(computed * 49L / 50);
    assertThat(first.inputs()[1].shape().dimension(0)).isGreaterThanOrEqualTo(16);
  }
}

package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A batch divided among threads")
class BatchSplitTest {
  private static BatchSplit averaged(int threads, Shape... inputs) {
    return BatchSplit.of(Examples.AVERAGED, List.of(inputs), threads);
  }

  @Property
  @Label("has every example in one part, parts of the same size but for one, and no idle thread")
  void complete(
      @ForAll @IntRange(min = 1, max = 700) int batch,
      @ForAll @IntRange(min = 1, max = 64) int threads) {
    Shape images = Shape.of(batch, 3, 2);
    BatchSplit split = averaged(threads, images, Shape.scalar());
    int next = 0;
    double shares = 0;
    for (int part = 0; part < split.parts(); part++) {
      assertThat(split.begin(part)).isEqualTo(next);
      assertThat(split.offset(images, part)).isEqualTo(next * 6);
      assertThat(split.shape(images, part)).isEqualTo(Shape.of(split.size(part), 3, 2));
      assertThat(split.shape(Shape.scalar(), part)).isEqualTo(Shape.scalar());
      assertThat(split.offset(Shape.scalar(), part)).isZero();
      assertThat(split.size(part)).isBetween(batch / split.parts(), batch / split.parts() + 1);
      next += split.size(part);
      shares += split.share(part);
    }
    assertThat(next).isEqualTo(batch);
    assertThat(shares).isCloseTo(1, within(1e-12));
    assertThat(split.parts() * split.threads()).isEqualTo(threads);
  }

  @Test
  @DisplayName("has as many parts as there are threads, or fewer where examples are few")
  void parts() {
    assertThat(averaged(1, Shape.of(128, 4)).parts()).isEqualTo(1);
    assertThat(averaged(2, Shape.of(128, 4)).parts()).isEqualTo(2);
    assertThat(averaged(16, Shape.of(128, 4)).parts()).isEqualTo(16);
    assertThat(averaged(32, Shape.of(128, 4)).parts()).isEqualTo(16);
    assertThat(averaged(2, Shape.of(15, 4)).parts()).isEqualTo(1);
    assertThat(averaged(2, Shape.of(16, 4)).parts()).isEqualTo(2);
  }

  @Test
  @DisplayName("stays whole where the computation or the inputs do not say what an example is")
  void whole() {
    Shape images = Shape.of(128, 4);
    assertThat(BatchSplit.of(Examples.TOGETHER, List.of(images), 2).parts()).isEqualTo(1);
    assertThat(averaged(2, images, Shape.of(64, 4)).parts()).isEqualTo(1);
    assertThat(averaged(2, Shape.scalar()).parts()).isEqualTo(1);
    assertThat(averaged(2).threads()).isEqualTo(2);
  }

  @Test
  @DisplayName("is left to the thread that asks only where it is one small part")
  void oneThread() {
    BatchSplit small = BatchSplit.of(Examples.APART, List.of(Shape.of(1, 4)), 2);
    assertThat(small.isForOneThread(1000)).isTrue();
    assertThat(small.isForOneThread(Long.MAX_VALUE)).isFalse();
    assertThat(BatchSplit.of(Examples.APART, List.of(Shape.of(128, 4)), 2).isForOneThread(1000))
        .isFalse();
    assertThat(averaged(2, Shape.of(128, 4)).isForOneThread(1000)).isFalse();
  }

  @Test
  @DisplayName("gives means by the size of each part")
  void means() {
    BatchSplit split = averaged(2, Shape.of(17, 4));
    List<HostTensor> whole =
        split.combine(List.of(List.of(HostTensor.scalar(1)), List.of(HostTensor.scalar(18))));
    assertThat(whole.get(0).item()).isEqualTo((8 * 1 + 9 * 18) / 17f);
  }

  @Test
  @DisplayName("gives rows in the examples' order")
  void rows() {
    BatchSplit split = BatchSplit.of(Examples.APART, List.of(Shape.of(17, 4)), 2);
    HostTensor first = HostTensor.zeros(Shape.of(8, 2));
    HostTensor second = HostTensor.zeros(Shape.of(9, 2));
    second.data()[0] = 5;
    HostTensor whole = split.combine(List.of(List.of(first), List.of(second))).get(0);
    assertThat(whole.shape()).isEqualTo(Shape.of(17, 2));
    assertThat(whole.data()[16]).isEqualTo(5);
  }
}

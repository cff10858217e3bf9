package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Batches")
class BatchesTest {
  private final ImageExamples data = ImageExamples.of("d", Shape.of(1, 2, 2), Samples.bytes(40, 1));

  @Test
  @DisplayName("come in order, the last one smaller")
  void sequential() {
    Batches batches = Batches.of(data, 4);
    assertThat(batches.count()).isEqualTo(3);
    List<Batch> all = all(batches);
    assertThat(all).hasSize(3);
    assertThat(all.get(2).indices()).containsExactly(8, 9);
    assertThat(all.get(2).number()).isEqualTo(2);
    assertThat(all.get(2).x().shape()).isEqualTo(Shape.of(2, 1, 2, 2));
    assertThat(all.get(0).x()).isEqualTo(data.tensor(0, 1, 2, 3));
  }

  @Test
  @DisplayName("come without the smaller last one if asked")
  void dropLast() {
    assertThat(all(Batches.of(data, 4).dropLast())).hasSize(2);
    assertThat(all(Batches.of(data, 5).dropLast())).hasSize(2);
    assertThatThrownBy(() -> Batches.of(data, 11).dropLast())
        .hasMessageContaining("10 examples, less than one batch of 11");
  }

  @Test
  @DisplayName("come in another order every epoch, the same one for a seed")
  void shuffled() {
    List<Integer> first = order(Batches.of(data, 3).shuffled(1, 0));
    assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(order(Batches.of(data, 5).shuffled(1, 0))).isEqualTo(first);
    assertThat(order(Batches.of(data, 3).shuffled(1, 1))).isNotEqualTo(first);
    assertThat(order(Batches.of(data, 3).shuffled(2, 0))).isNotEqualTo(first);
  }

  @Test
  @DisplayName("can start in the middle of an epoch")
  void startingAt() {
    Batches epoch = Batches.of(data, 3).shuffled(1, 0);
    List<Batch> rest = all(epoch.startingAt(2));
    assertThat(rest).hasSize(2);
    assertThat(rest.get(0).number()).isEqualTo(2);
    assertThat(rest.get(0).x()).isEqualTo(all(epoch).get(2).x());
    assertThat(all(epoch.startingAt(4))).isEmpty();
  }

  @Test
  @DisplayName("of no image or too many numbers are refused at once")
  void refusals() {
    assertThatThrownBy(() -> Batches.of(data, 0))
        .hasMessage("the batch size must be at least 1, not 0");
    ImageExamples large = ImageExamples.of("d", Shape.of(1, 1 << 12, 1 << 12), new byte[1 << 24]);
    ImageExamples many = large.subset(IntStream.range(0, 200).map(i -> 0).toArray());
    assertThatThrownBy(() -> Batches.of(many, 128)).hasMessageContaining("2^31");
    assertThat(Batches.of(data, Integer.MAX_VALUE).count()).isEqualTo(1);
  }

  @Test
  @DisplayName("tell a reader, before each of them, what it is asked for, also through views")
  void expecting() {
    Announced numbers = new Announced();
    Examples view =
        ArrayExamples.of("d", Shape.of(1), ElementKind.FLOATS, numbers).slice(2, 9);
    for (Batches batches : List.of(
        Batches.of(view, 3),
        Batches.of(view, 3).shuffled(1, 0),
        Batches.of(view, 3).startingAt(1))) {
      numbers.told.clear();
      numbers.read.clear();
      List<Integer> expected = order(batches).stream().map(index -> index + 2).toList();
      assertThat(numbers.told).isEqualTo(expected).isNotEmpty();
      assertThat(numbers.read).isEqualTo(expected);
    }
  }

  /** Numbers that are read only as they were announced. */
  private static final class Announced implements Numbers {
    private final List<Integer> told = new ArrayList<>();
    private final List<Integer> read = new ArrayList<>();

    @Override
    public int count() {
      return 10;
    }

    @Override
    public void read(int example, float[] target, int offset) {
      read.add(example);
      assertThat(told).startsWith(read.toArray(Integer[]::new));
      target[offset] = example;
    }

    @Override
    public ExampleReader reader() {
      return new ExampleReader() {
        @Override
        public void read(int index, float[] target, int offset) {
          Announced.this.read(index, target, offset);
        }

        @Override
        public void expect(int... indices) {
          // The batch before has been read to its end.
          assertThat(read).isEqualTo(told);
          IntStream.of(indices).forEach(told::add);
        }
      };
    }
  }

  private static List<Batch> all(Batches batches) {
    List<Batch> all = new ArrayList<>();
    batches.forEach(all::add);
    return all;
  }

  private static List<Integer> order(Batches batches) {
    return all(batches).stream()
        .flatMapToInt(b -> IntStream.of(b.indices()))
        .boxed()
        .toList();
  }
}

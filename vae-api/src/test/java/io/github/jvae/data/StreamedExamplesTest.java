package io.github.jvae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Examples of a program's own")
class StreamedExamplesTest {
  private static final int COUNT = 100;

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();

  /** Example i is the numbers i and -i. */
  private Iterator<float[]> iterator(int count) {
    opened.incrementAndGet();
    return IntStream.range(0, count)
        .mapToObj(i -> {
          given.incrementAndGet();
          return new float[] {i, -i};
        })
        .iterator();
  }

  private ArrayExamples streamed(int count, int buffer) {
    return Examples.streamed(
        "s", Shape.of(2), ElementKind.FLOATS, count, buffer, () -> iterator(COUNT));
  }

  private static List<Integer> order(Batches batches) {
    List<Integer> order = new ArrayList<>();
    for (Batch batch : batches) {
      int[] indices = batch.indices();
      for (int i = 0; i < indices.length; i++) {
        assertThat(batch.x().data()[2 * i]).isEqualTo(indices[i]);
        assertThat(batch.x().data()[2 * i + 1]).isEqualTo(-indices[i]);
        order.add(indices[i]);
      }
    }
    return order;
  }

  @Test
  @DisplayName("are made of rows, of a list and of a stream of known length")
  void inMemory() {
    float[][] rows = {{1, 2}, {3, 4}, {5, 6}};
    for (Examples examples : new Examples[] {
      Examples.of("r", rows), Examples.of("l", List.of(rows)), Examples.of("s", Stream.of(rows), 3)
    }) {
      assertThat(examples.size()).isEqualTo(3);
      assertThat(examples.shape()).isEqualTo(Shape.of(2));
      assertThat(examples.elements()).isEqualTo(ElementKind.FLOATS);
      assertThat(examples.tensor(2, 0).data()).containsExactly(5, 6, 1, 2);
    }
    Labels labels = Labels.of("kind", new int[] {0, 1, 0}, 2);
    assertThat(Examples.of("r", rows).with(labels).conditions()).containsExactly(labels);
  }

  @Test
  @DisplayName("of rows that are no examples are refused, each by its place")
  void badRows() {
    refused(() -> Examples.of("r", new float[0][]), "at least one row");
    refused(() -> Examples.of("r", new float[][] {{}}), "at least one number");
    refused(() -> Examples.of("r", new float[][] {{1}, {1, 2}}), "row 1 has 2 numbers, but row 0");
    refused(() -> Examples.of("r", new float[][] {{1}, {Float.NaN}}), "number 0 of row 1 is NaN");
    refused(
        () -> Examples.of("r", Stream.of(new float[] {1}), 2), "the stream has 1 examples, not 2");
    refused(
        () -> Examples.of("r", Stream.generate(() -> new float[] {1}), 2), "more examples, not 2");
    refused(() -> streamed(0, 1), "at least one example");
    refused(() -> streamed(1, 0), "shuffle buffer of one");
  }

  @Test
  @DisplayName("that are streamed are read in their order by opening the source once")
  void inOrder() {
    Batches batches = Batches.of(streamed(COUNT, 10), 7);
    assertThat(order(batches)).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
    assertThat(opened).hasValue(1);
    assertThat(given).hasValue(COUNT);
    assertThat(order(batches.startingAt(10))).hasSize(COUNT - 70).startsWith(70);
    assertThat(opened).hasValue(2);
  }

  @Test
  @DisplayName("that are streamed are shuffled in a buffer, all once, by the seed alone")
  void shuffled() {
    Batches batches = Batches.of(streamed(COUNT, 10), 7).shuffled(3, 2);
    List<Integer> order = order(batches);
    assertThat(given).hasValue(COUNT);
    assertThat(order).isNotEqualTo(IntStream.range(0, COUNT).boxed().toList());
    assertThat(order)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, COUNT).boxed().toList());
    for (int place = 0; place < COUNT; place++) {
      assertThat(order.get(place)).isLessThanOrEqualTo(place + 9);
    }
    assertThat(order(batches)).isEqualTo(order);
    assertThat(order(Batches.of(streamed(COUNT, 10), 7).shuffled(3, 2))).isEqualTo(order);
    assertThat(order(Batches.of(streamed(COUNT, 10), 7).shuffled(3, 3))).isNotEqualTo(order);
    assertThat(order(batches.startingAt(5))).isEqualTo(order.subList(35, COUNT));
    try (Prefetcher<Batch> ahead = batches.prefetched(2)) {
      assertThat(ahead.next().indices())
          .containsExactly(order.subList(0, 7).stream().mapToInt(i -> i).toArray());
    }
  }

  @Test
  @DisplayName("in a buffer of as many places come in any order, as likely as any other")
  void uniform() {
    int[] first = new int[4];
    for (int epoch = 0; epoch < 4000; epoch++) {
      ArrayExamples four =
          Examples.streamed("s", Shape.of(2), ElementKind.FLOATS, 4, 9, () -> iterator(4));
      first[order(Batches.of(four, 4).shuffled(1, epoch)).get(0)]++;
    }
    // 4 standard errors of a share of a quarter among 4000.
    assertThat(Arrays.stream(first).allMatch(n -> Math.abs(n - 1000) < 110)).isTrue();
  }

  @Test
  @DisplayName("that are streamed are split and held out as others are")
  void views() {
    DataParts parts = DataParts.split(streamed(COUNT, 10), "here");
    List<Integer> train = new ArrayList<>();
    for (Batch batch : Batches.of(parts.train(), 16).shuffled(1, 1)) {
      for (int i = 0; i < batch.size(); i++) {
        train.add((int) batch.x().data()[2 * i]);
      }
    }
    assertThat(opened).hasValue(1);
    assertThat(train).hasSize(90).doesNotHaveDuplicates().doesNotContain(9, 19, 99);
    DataParts held = Holdout.standard().apply(parts, 1);
    assertThat(held.validation().orElseThrow().tensor(0, 8).data()).doesNotContain(9, 19, 99);
    assertThat(held.train().size()).isEqualTo(81);
  }

  @Test
  @DisplayName("that are streamed are read by any index, beginning anew to go back")
  void anyIndex() {
    Examples examples = streamed(COUNT, 10);
    assertThat(examples.tensor(5, 6, 6, 90).data()).containsExactly(5, -5, 6, -6, 6, -6, 90, -90);
    assertThat(opened).hasValue(1);
    assertThat(examples.tensor(2).data()).containsExactly(2, -2);
    assertThat(opened).hasValue(2);
    assertThat(examples.sha256()).hasSize(64);
    assertThat(opened).hasValue(3);
  }

  @Test
  @DisplayName("whose source does not keep its word are told")
  void faults() {
    refused(() -> order(Batches.of(streamed(COUNT + 1, 10), 7)), "gives 100 examples, not the 101");
    refused(() -> order(Batches.of(streamed(COUNT - 1, 10), 7)), "gives more than the 99 examples");
    Iterable<float[]> odd = () -> List.of(new float[] {0, 0}, new float[] {1}).iterator();
    refused(
        () -> Examples.streamed("s", Shape.of(2), ElementKind.FLOATS, 2, 1, odd).tensor(0, 1),
        "gives 1 numbers for example 1, not 2");
    refused(
        () -> Examples.streamed(
                "s", Shape.of(2), ElementKind.BINARY, COUNT, 1, () -> iterator(COUNT))
            .tensor(1),
        "gives -1.0 for number 1 of example 1, which is none of binary");
    Examples wide = Examples.streamed(
        "w", Shape.of(1 << 20), ElementKind.FLOATS, 1 << 30, 1 << 30, () -> iterator(1));
    refused(() -> Batches.of(wide, 1).shuffled(1, 1), "does not fit into a Java heap");
  }

  private static void refused(ThrowingCallable call, String told) {
    assertThatThrownBy(call).isInstanceOf(VaeException.class).hasMessageContaining(told);
  }
}

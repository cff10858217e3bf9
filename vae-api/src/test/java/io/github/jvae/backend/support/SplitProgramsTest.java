package io.github.jvae.backend.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Computation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A computation recorded for the parts of a batch")
class SplitProgramsTest {
  private static final Shape BATCH = Shape.of(17, 2);

  private final List<Doubling> made = new ArrayList<>();

  /** Doubles its rows. */
  private static final class Doubling implements SplitPrograms.Part {
    private final float[] rows;
    private int threads;
    private boolean closed;

    Doubling(int size) {
      rows = new float[size];
    }

    @Override
    public void write(int input, float[] numbers, int from) {
      System.arraycopy(numbers, from, rows, 0, rows.length);
    }

    @Override
    public long products() {
      return 0;
    }

    @Override
    public void run(int newThreads) {
      threads = newThreads;
      for (int i = 0; i < rows.length; i++) {
        rows[i] *= 2;
      }
    }

    @Override
    public List<HostTensor> outputs() {
      return List.of(HostTensor.of(Shape.of(rows.length / 2, 2), rows.clone()));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Doubling make(BatchSplit split, int part) {
    made.add(new Doubling(split.shape(BATCH, part).size()));
    return made.get(part);
  }

  private static BatchSplit halves() {
    return BatchSplit.of(Computation.Examples.APART, List.of(BATCH), 2);
  }

  @Test
  @DisplayName("gives each part its rows and joins what they make")
  void joined() {
    float[] numbers = new float[BATCH.size()];
    float[] doubled = new float[BATCH.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
      doubled[i] = 2 * i;
    }
    try (SplitPrograms<Doubling> programs =
        new SplitPrograms<>(halves(), part -> make(halves(), part))) {
      assertThat(programs.parts()).hasSize(2);
      HostTensor result = programs.run(HostTensor.of(BATCH, numbers)).get(0);
      assertThat(result.shape()).isEqualTo(BATCH);
      assertThat(result.data()).containsExactly(doubled);
      assertThat(made).allMatch(part -> part.threads == 1);
    }
    assertThat(made).allMatch(part -> part.closed);
  }

  @Test
  @DisplayName("keeps nothing open where a part cannot be made")
  void closed() {
    assertThatThrownBy(() -> new SplitPrograms<>(halves(), part -> {
          if (part == 1) {
            throw new IllegalStateException("no second part");
          }
          return make(halves(), part);
        }))
        .hasMessage("no second part");
    assertThat(made).hasSize(1).allMatch(part -> part.closed);
  }
}

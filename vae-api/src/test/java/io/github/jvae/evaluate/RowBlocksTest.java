package io.github.jvae.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.support.CompiledComputation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rows computed in blocks")
class RowBlocksTest {
  private static final int LARGEST = 2000;

  /** Twice the first input's rows, and the sum of each row over both inputs. */
  private static final class Doubling implements Executable {
    private final Set<Integer> sizes = new TreeSet<>();

    @Override
    public List<HostTensor> run(HostTensor... inputs) {
      int rows = inputs[0].shape().dimension(0);
      sizes.add(rows);
      HostTensor doubled = HostTensor.zeros(inputs[0].shape());
      HostTensor sums = HostTensor.zeros(Shape.of(rows));
      for (int row = 0; row < rows; row++) {
        for (int i = 2 * row; i < 2 * row + 2; i++) {
          doubled.data()[i] = 2 * inputs[0].data()[i];
          sums.data()[row] += inputs[0].data()[i];
        }
        sums.data()[row] += inputs[1].data()[row];
      }
      return List.of(doubled, sums);
    }

    @Override
    public void close() {}
  }

  @Test
  @DisplayName("are all there and in order, for any size, in as few sizes as an executable keeps")
  void anySize() {
    Doubling doubling = new Doubling();
    try (RowBlocks blocks = new RowBlocks(doubling)) {
      for (int rows = 1; rows <= LARGEST; rows++) {
        HostTensor first = HostTensor.zeros(Shape.of(rows, 2));
        HostTensor second = HostTensor.zeros(Shape.of(rows, 1));
        float[] doubled = new float[2 * rows];
        float[] sums = new float[rows];
        for (int row = 0; row < rows; row++) {
          first.data()[2 * row] = row + 1;
          first.data()[2 * row + 1] = -row;
          second.data()[row] = 100 * row;
          doubled[2 * row] = 2 * (row + 1);
          doubled[2 * row + 1] = -2 * row;
          sums[row] = 1 + 100 * row;
        }
        assertThat(blocks.run(first, second))
            .as("%s rows", rows)
            .containsExactly(
                HostTensor.of(first.shape(), doubled), HostTensor.of(Shape.of(rows), sums));
      }
    }
    assertThat(doubling.sizes).hasSizeLessThanOrEqualTo(CompiledComputation.MOST_PROGRAMS);
  }

  @Test
  @DisplayName("take few blocks with few rows too many")
  void cost() {
    for (int rows = 1; rows <= LARGEST; rows++) {
      List<Integer> sizes = RowBlocks.sizes(rows);
      int computed = sizes.stream().mapToInt(Integer::intValue).sum();
      assertThat(computed).as("%s rows", rows).isGreaterThanOrEqualTo(rows);
      assertThat(computed - rows)
          .as("rows too many for %s", rows)
          .isLessThanOrEqualTo(Math.max(1, rows / 8));
      assertThat(sizes.size()).as("blocks for %s rows", rows).isLessThanOrEqualTo(rows / 256 + 4);
    }
  }
}

package io.github.jvae.evaluate;

import io.github.jvae.backend.Executable;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A computation of each row apart, on batches of any size, that is recorded for a few sizes only: a
 * batch is taken in blocks of those, the last one filled up with copies of its last row. So whoever
 * is asked for ever other sizes, as a service is, neither records again and again nor grows.
 */
final class RowBlocks implements AutoCloseable {
  /** In steps of a third or a half; no more than an executable keeps programs of. */
  private static final int[] SIZES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};

  /** Up to here a call costs more than the rows it has too many. */
  private static final int SMALL = 8;

  /** Of the rows there are, one in so many may be added; else there is one more block. */
  private static final int ROWS_A_FILLER = 8;

  private final Executable executable;

  /** @param executable whose inputs and outputs have one row per example */
  RowBlocks(Executable executable) {
    this.executable = executable;
  }

  /**
   * Returns the sizes of the blocks in which rows are computed; the last may have more rows than
   * are left for it.
   *
   * @param rows at least one
   */
  static List<Integer> sizes(int rows) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = rows; left > 0; left -= sizes.get(sizes.size() - 1)) {
      sizes.add(nextSize(left));
    }
    return sizes;
  }

  private static int nextSize(int rows) {
    int place = Arrays.binarySearch(SIZES, rows);
    if (place >= 0) {
      return rows;
    }
    int above = -place - 1;
    if (above == SIZES.length) {
      return SIZES[above - 1];
    }
    int added = SIZES[above] - rows;
    return rows <= SMALL || added * ROWS_A_FILLER <= rows ? SIZES[above] : SIZES[above - 1];
  }

  /**
   * Computes.
   *
   * @param inputs each with as many rows
   * @return the outputs, each with as many rows
   */
  List<HostTensor> run(HostTensor... inputs) {
    int rows = inputs[0].shape().dimension(0);
    if (nextSize(rows) == rows) {
      return executable.run(inputs);
    }
    List<Integer> sizes = sizes(rows);
    List<HostTensor> results = new ArrayList<>();
    int begin = 0;
    for (int size : sizes) {
      int from = begin;
      List<HostTensor> outputs = executable.run(
          Arrays.stream(inputs).map(input -> block(input, from, size)).toArray(HostTensor[]::new));
      if (results.isEmpty()) {
        outputs.forEach(output -> results.add(HostTensor.zeros(output.shape().with(0, rows))));
      }
      for (int i = 0; i < results.size(); i++) {
        copy(outputs.get(i), results.get(i), from, Math.min(size, rows - from));
      }
      begin += size;
    }
    return results;
  }

  private static HostTensor block(HostTensor input, int from, int size) {
    Shape shape = input.shape().with(0, size);
    int rowSize = shape.size() / size;
    int count = Math.min(size, input.shape().dimension(0) - from);
    HostTensor block = HostTensor.zeros(shape);
    System.arraycopy(input.data(), from * rowSize, block.data(), 0, count * rowSize);
    for (int row = count; row < size; row++) {
      System.arraycopy(block.data(), (count - 1) * rowSize, block.data(), row * rowSize, rowSize);
    }
    return block;
  }

  private static void copy(HostTensor output, HostTensor result, int from, int count) {
    int rowSize = output.data().length / output.shape().dimension(0);
    System.arraycopy(output.data(), 0, result.data(), from * rowSize, count * rowSize);
  }

  @Override
  public void close() {
    executable.close();
  }
}

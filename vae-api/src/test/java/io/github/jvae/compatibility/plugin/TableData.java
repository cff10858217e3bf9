package io.github.jvae.compatibility.plugin;

import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.data.source.NamedData;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;

/** A table made up: two binary columns, and two numbers that follow from them, but for noise. */
public final class TableData implements NamedData {
  private static final int ROWS = 400;
  private static final int COLUMNS = 4;

  @Override
  public String name() {
    return "table";
  }

  @Override
  public String description() {
    return "400 rows of two binary columns and two numbers";
  }

  @Override
  public DataParts open(DataSource source) {
    HostTensor rows = HostTensor.zeros(Shape.of(ROWS, COLUMNS));
    RandomStream random = RandomStream.of(1).child("table");
    for (int row = 0; row < ROWS; row++) {
      float first = random.nextFloat() < 0.5f ? 0 : 1;
      float second = random.nextFloat() < 0.3f ? 0 : 1;
      int place = row * COLUMNS;
      rows.data()[place] = first;
      rows.data()[place + 1] = second;
      rows.data()[place + 2] = (float) (2 * first - 1 + 0.1 * random.nextGaussian());
      rows.data()[place + 3] = (float) (first * second + 0.1 * random.nextGaussian());
    }
    return DataParts.split(
        ArrayExamples.floats("table", Shape.of(COLUMNS), rows.data()), "made up");
  }
}

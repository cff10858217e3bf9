package io.github.jvae.evaluate;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Inputs;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;

/**
 * Whether a model gives the rows of a table a probability: told of the first row and column that it
 * gives none, before anything is computed. Images need no such check, as their pixels are from 0 to
 * 1.
 */
public final class SupportCheck {
  private static final int ROWS_READ = 1024;

  private final ModelRuntime runtime;
  private final ExampleCheck check;

  /** @param runtime whose likelihood says what has a probability */
  public SupportCheck(ModelRuntime runtime) {
    this.runtime = runtime;
    this.check = new ExampleCheck(runtime);
  }

  /**
   * Checks all rows of a table; examples of other kinds are taken as they are.
   *
   * @param data examples that the model can take
   * @param transforms what is done to them
   * @throws VaeException that names the row and the column of a number without a probability
   */
  public void require(Examples data, Transforms transforms) {
    if (data.columns().isPresent()) {
      Batches.of(data, Math.min(ROWS_READ, data.size()))
          .withConditions(runtime.conditions().keySet())
          .transformed(transforms, Pass.test(0))
          .forEach(batch -> require(data, batch));
    }
  }

  /**
   * Checks some rows of a table, as a model sees them.
   *
   * @throws VaeException as for all rows
   */
  void require(Examples data, Batch batch) {
    if (data.columns().isEmpty()) {
      return;
    }
    try {
      check.require(batch.x(), batch.conditions());
    } catch (VaeException e) {
      for (int row = 0; row < batch.size(); row++) {
        requireRow(data, batch, row);
      }
      throw e;
    }
  }

  private void requireRow(Examples data, Batch batch, int row) {
    Map<String, HostTensor> told =
        batch.mask().map(mask -> Map.of(Inputs.MASK, mask.rows(row, row + 1))).orElse(Map.of());
    try {
      check.require(batch.x().rows(row, row + 1), told);
    } catch (VaeException e) {
      throw new DataException(
          "row " + (batch.indices()[row] + 1) + " of data set " + Quote.of(data.name()) + ", "
              + e.getMessage(),
          e);
    }
  }
}

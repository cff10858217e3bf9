package io.github.jvae.bench.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.data.table.TableWriter;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Rows of a table as people read them.
 *
 * @param columns what each number of a row is
 * @param writer that knows how each was coded
 */
public record TableText(Columns columns, TableWriter writer) {
  /** How a distribution of numbers is told: its quantiles. */
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

  /** Returns JSON of rows in the data's units: the columns' names, and the cells. */
  ObjectNode cells(HostTensor rows) {
    TableWriter.Rows written = new TableWriter.Rows(rows, Map.of());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode names = json.putArray("names");
    writer.names(written).forEach(names::add);
    ArrayNode lines = json.putArray("rows");
    writer.cells(written).forEach(cells -> cells.forEach(lines.addArray()::add));
    return json;
  }

  /**
   * Returns JSON of how each column is distributed over rows in the data's units: the shares of its
   * categories, or quantiles of its numbers.
   */
  ObjectNode distributions(HostTensor rows) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("columns");
    for (int place = 0; place < columns.size(); place++) {
      Column column = columns.get(place);
      ObjectNode one = list.addObject().put("name", column.name());
      double[] values = column(rows, place);
      if (column.kind() == ColumnKind.NUMERIC || column.kind() == ColumnKind.COUNT) {
        quantiles(one, values);
      } else {
        shares(one, column, values);
      }
    }
    return json;
  }

  private double[] column(HostTensor rows, int place) {
    double[] values = new double[rows.shape().dimension(0)];
    Arrays.setAll(values, row -> rows.data()[row * columns.size() + place]);
    return values;
  }

  private static void quantiles(ObjectNode json, double[] values) {
    Arrays.sort(values);
    ArrayNode quantiles = json.putArray("quantiles");
    for (double share : QUANTILES) {
      quantiles.add(values[(int) Math.round(share * (values.length - 1))]);
    }
  }

  private static void shares(ObjectNode json, Column column, double[] values) {
    int count = Math.max(2, column.categories().size());
    double[] shares = new double[count];
    for (double value : values) {
      int category = (int) Math.max(0, Math.min(count - 1, Math.round(value)));
      shares[category] += 1.0 / values.length;
    }
    ArrayNode names = json.putArray("categories");
    ArrayNode numbers = json.putArray("shares");
    for (int category = 0; category < count; category++) {
      names.add(
          column.categories().isEmpty()
              ? Integer.toString(category)
              : column.categories().get(category));
      numbers.add(shares[category]);
    }
  }
}

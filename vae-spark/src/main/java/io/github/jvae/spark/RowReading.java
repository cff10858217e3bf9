package io.github.jvae.spark;

import io.github.jvae.error.DataException;
import io.github.jvae.internal.Quote;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Reads the rows of a partition one after the other, with the keys they are sorted by. */
final class RowReading implements PairFlatMapFunction<Iterator<Row>, RowKey, TrainingRow> {
  private static final long serialVersionUID = 1L;
  private static final float[] NOTHING = {};

  private final InputColumn examples;
  private final @Nullable InputColumn conditions;
  private final int validation;
  private final String validationName;

  /**
   * @param conditions null where the model has none
   * @param validation the place of the column that says so; -1 where there is none
   */
  RowReading(
      InputColumn examples,
      @Nullable InputColumn conditions,
      int validation,
      String validationName) {
    this.examples = examples;
    this.conditions = conditions;
    this.validation = validation;
    this.validationName = validationName;
  }

  @Override
  public Iterator<Tuple2<RowKey, TrainingRow>> call(Iterator<Row> rows) {
    int partition = TaskContext.getPartitionId();
    long[] read = {0};
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
        .map(row -> {
          TrainingRow numbers = read(row, "row " + ++read[0] + " of partition " + partition);
          return new Tuple2<>(numbers.key(), numbers);
        })
        .iterator();
  }

  private TrainingRow read(Row row, String where) {
    return new TrainingRow(
        examples.read(row, where),
        conditions == null ? NOTHING : conditions.read(row, where),
        validation >= 0 && isValidation(row, where));
  }

  private boolean isValidation(Row row, String where) {
    if (row.isNullAt(validation)) {
      throw new DataException(
          "column " + Quote.of(validationName) + " of " + where + " is null; say true or false");
    }
    return row.getBoolean(validation);
  }
}

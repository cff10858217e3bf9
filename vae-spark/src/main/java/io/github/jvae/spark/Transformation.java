package io.github.jvae.spark;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Adds a model's columns to the rows of a partition, a batch at a time. Rows are neither moved nor
 * kept longer than their batch.
 */
final class Transformation implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ModelContent> content;
  private final String digest;
  private final Plan plan;

  /**
   * What is to be done.
   *
   * @param engine that computes
   * @param examples where they are
   * @param condition the name of what the model is told of each example, or empty
   * @param conditions where those are; null where there are none
   * @param outputs what is added
   * @param batchSize rows computed together
   * @param samples draws of each bound
   * @param seed of the draws
   */
  record Plan(
      EngineChoice engine,
      InputColumn examples,
      String condition,
      @Nullable InputColumn conditions,
      Outputs outputs,
      int batchSize,
      int samples,
      long seed)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  Transformation(Broadcast<ModelContent> content, String digest, Plan plan) {
    this.content = content;
    this.digest = digest;
    this.plan = plan;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    OpenModels.Lease lease = OpenModels.lease(digest, plan.engine(), content::value);
    TaskContext task = TaskContext.get();
    // Without a task, as in a plan that Spark evaluates on the driver, the rows are all read at
    // once.
    if (task != null) {
      TaskCompletionListener done = context -> lease.close();
      task.addTaskCompletionListener(done);
    }
    return new Batched(rows, lease.model(), task == null ? 0 : task.partitionId());
  }

  private final class Batched implements Iterator<Row> {
    private final Iterator<Row> source;
    private final OpenModel model;
    private final int partition;
    private final Deque<Row> ready = new ArrayDeque<>();
    private long read;

    Batched(Iterator<Row> source, OpenModel model, int partition) {
      this.source = source;
      this.model = model;
      this.partition = partition;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || source.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the partition has no more rows");
      }
      if (ready.isEmpty()) {
        List<Row> batch = new ArrayList<>();
        while (batch.size() < plan.batchSize() && source.hasNext()) {
          batch.add(source.next());
        }
        compute(batch);
      }
      return ready.remove();
    }

    private void compute(List<Row> batch) {
      HostTensor examples = tensor(plan.examples(), batch);
      int[] places = places(examples, batch.size());
      Map<String, HostTensor> conditions = Optional.ofNullable(plan.conditions())
          .map(column -> Map.of(plan.condition(), tensor(column, batch)))
          .orElse(Map.of());
      read += batch.size();
      model.prepare(examples, places, plan.seed());
      List<Object[]> cells = new ArrayList<>();
      for (Row row : batch) {
        Object[] values = new Object[row.length() + plan.outputs().count()];
        for (int i = 0; i < row.length(); i++) {
          values[i] = row.get(i);
        }
        cells.add(values);
      }
      int column = batch.get(0).length();
      if (!plan.outputs().latent().isEmpty()) {
        put(cells, column++, model.encode(examples, conditions));
      }
      if (!plan.outputs().reconstruction().isEmpty()) {
        put(cells, column++, model.reconstruct(examples, conditions));
      }
      if (!plan.outputs().score().isEmpty()) {
        double[] bounds = model.bounds(examples, conditions, places, plan.samples(), plan.seed());
        for (int row = 0; row < bounds.length; row++) {
          cells.get(row)[column] = bounds[row];
        }
      }
      cells.forEach(values -> ready.add(RowFactory.create(values)));
    }

    private HostTensor tensor(InputColumn column, List<Row> batch) {
      int size = column.size();
      Shape shape =
          Shape.of(column.extents().stream().mapToInt(Integer::intValue).toArray());
      HostTensor numbers = HostTensor.zeros(shape.prepend(batch.size()));
      for (int row = 0; row < batch.size(); row++) {
        float[] one = column.read(batch.get(row), where(row));
        System.arraycopy(one, 0, numbers.data(), row * size, size);
      }
      return numbers;
    }

    private String where(int row) {
      return "row " + (read + row + 1) + " of partition " + partition;
    }
  }

  /**
   * Returns a place for each example, from which its draws follow: a checksum of its numbers, so
   * that its score is the same in whatever partition and batch it comes.
   */
  static int[] places(HostTensor examples, int count) {
    int[] places = new int[count];
    int size = examples.data().length / count;
    ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES);
    for (int row = 0; row < count; row++) {
      bytes.asFloatBuffer().put(examples.data(), row * size, size);
      CRC32 sum = new CRC32();
      sum.update(bytes.array());
      places[row] = (int) (sum.getValue() & Integer.MAX_VALUE);
    }
    return places;
  }

  private static void put(List<Object[]> cells, int column, HostTensor rows) {
    int size = rows.data().length / cells.size();
    for (int row = 0; row < cells.size(); row++) {
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        values[i] = rows.data()[row * size + i];
      }
      cells.get(row)[column] = Vectors.dense(values);
    }
  }
}

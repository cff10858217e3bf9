package io.github.jvae.spark;

import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Condition;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.ExampleReader;
import io.github.jvae.data.Examples;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of all workers, of which each holds a part: a batch is collected when it is needed, by
 * all workers in the same order. So each has the batches that one process with all rows would have.
 */
final class SharedRows implements Examples {
  private static final String NAME = "rows";

  private final Shape shape;
  private final ElementKind elements;
  private final LocalRows own;
  private final int[] begins;
  private final Workers workers;
  private final List<Condition> conditions;

  private SharedRows(
      Shape shape,
      ElementKind elements,
      LocalRows own,
      int[] begins,
      Workers workers,
      List<Condition> conditions) {
    this.shape = shape;
    this.elements = elements;
    this.own = own;
    this.begins = begins;
    this.workers = workers;
    this.conditions = conditions;
  }

  /**
   * Returns the examples of all workers.
   *
   * @param own what this worker holds
   * @param counts how many rows each worker holds
   * @param conditions what goes with each of all rows
   */
  static Examples of(
      Shape shape,
      ElementKind elements,
      LocalRows own,
      int[] counts,
      Workers workers,
      List<Condition> conditions) {
    if (workers.size() == 1) {
      ArrayExamples examples = ArrayExamples.of(NAME, shape, elements, own);
      for (Condition condition : conditions) {
        examples = examples.with(condition);
      }
      return examples;
    }
    int[] begins = new int[counts.length + 1];
    for (int worker = 0; worker < counts.length; worker++) {
      begins[worker + 1] = begins[worker] + counts[worker];
    }
    return new SharedRows(shape, elements, own, begins, workers, conditions);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int size() {
    return begins[begins.length - 1];
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public ElementKind elements() {
    return elements;
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    throw new IllegalStateException("rows of several workers are read in batches");
  }

  @Override
  public ExampleReader reader() {
    return new Batch();
  }

  private int worker(int index) {
    int worker = 0;
    while (index >= begins[worker + 1]) {
      worker++;
    }
    return worker;
  }

  /** A batch that was collected, read in the order in which it was announced. */
  private final class Batch implements ExampleReader {
    private int[] indices = {};
    private int next;
    private List<float[]> blocks = List.of();
    private int[] places = {};

    @Override
    public void expect(int... announced) {
      indices = announced;
      next = 0;
      places = new int[begins.length - 1];
      int[] counts = new int[begins.length - 1];
      for (int index : announced) {
        counts[worker(index)]++;
      }
      blocks = new ArrayList<>();
      for (int count : counts) {
        blocks.add(new float[count * shape.size()]);
      }
      int place = 0;
      for (int index : announced) {
        if (worker(index) == workers.rank()) {
          own.read(
              index - begins[workers.rank()], blocks.get(workers.rank()), place++ * shape.size());
        }
      }
      workers.rows().gather(blocks);
    }

    @Override
    public void read(int index, float[] target, int offset) {
      if (next == indices.length || indices[next] != index) {
        throw new IllegalStateException("row " + index + " was not announced to all workers");
      }
      next++;
      int worker = worker(index);
      System.arraycopy(
          blocks.get(worker), places[worker]++ * shape.size(), target, offset, shape.size());
    }
  }
}

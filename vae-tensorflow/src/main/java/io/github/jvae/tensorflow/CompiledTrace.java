package io.github.jvae.tensorflow;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * A recorded computation for one combination of input shapes. Its input tensors live as long as it
 * does and are written anew for each run, so that a run allocates nothing but its results.
 */
final class CompiledTrace implements AutoCloseable {

  /** A placeholder with the memory it is fed from. */
  private record Feed(Operand<TFloat32> placeholder, TFloat32 tensor, FloatDataBuffer numbers) {}

  /**
   * One result.
   *
   * @param index among what is fetched, or {@link #ZEROS}
   */
  private record Computed(int index, Shape shape) {}

  private static final int ZEROS = -1;

  private final GraphSession session;
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Output<TFloat32>> fetches = new ArrayList<>();
  private final List<Computed> outputs = new ArrayList<>();
  private @Nullable Op target;
  private @Nullable Op occasional;

  CompiledTrace(GraphSession session) {
    this.session = session;
  }

  void feed(Operand<TFloat32> placeholder, Shape shape) {
    TFloat32 tensor = Buffers.allocate(shape);
    feeds.add(new Feed(placeholder, tensor, tensor.asRawTensor().data().asFloats()));
  }

  /** Adds a result. The engine refuses to fetch one operand twice, but two results may share it. */
  void output(Operand<TFloat32> operand, Shape shape) {
    // An operation and its output are different objects for the same thing.
    Output<TFloat32> fetch = operand.asOutput();
    int index = fetches.indexOf(fetch);
    if (index < 0) {
      index = fetches.size();
      fetches.add(fetch);
    }
    outputs.add(new Computed(index, shape));
  }

  /** Adds a result that is always zero. */
  void zeros(Shape shape) {
    outputs.add(new Computed(ZEROS, shape));
  }

  /** What is to be done beside computing the results. */
  void target(Op operation) {
    target = operation;
  }

  /** What is to be done in some runs, in place of the {@link #target} that it includes. */
  void occasionally(Op operation) {
    occasional = operation;
  }

  boolean belongsTo(GraphSession other) {
    return session == other;
  }

  /** @param isOccasion whether to do what is done in some runs */
  List<HostTensor> run(List<float[]> inputs, boolean isOccasion) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < inputs.size(); i++) {
      Feed feed = feeds.get(i);
      feed.numbers().write(inputs.get(i));
      runner.feed(feed.placeholder(), feed.tensor());
    }
    fetches.forEach(runner::fetch);
    Op wanted = isOccasion && occasional != null ? occasional : target;
    if (wanted != null) {
      runner.addTarget(wanted);
    }
    List<HostTensor> results = new ArrayList<>(outputs.size());
    try (Result result = runner.run()) {
      for (Computed output : outputs) {
        results.add(
            output.index() == ZEROS
                ? HostTensor.zeros(output.shape())
                : Buffers.read(result.get(output.index()), output.shape()));
      }
    }
    return results;
  }

  @Override
  public void close() {
    feeds.forEach(feed -> feed.tensor().close());
    feeds.clear();
  }
}

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
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * A recorded computation for one combination of input shapes. Its input tensors live as long as it
 * does and are written anew for each run, so that a run allocates nothing but its results.
 */
final class CompiledTrace implements AutoCloseable {

  /** A placeholder with the memory it is fed from. */
  private record Feed(
      Operand<TFloat32> placeholder, Shape shape, TFloat32 tensor, FloatDataBuffer numbers) {

    static Feed of(Operand<TFloat32> placeholder, Shape shape) {
      TFloat32 tensor = Buffers.allocate(shape);
      return new Feed(placeholder, shape, tensor, tensor.asRawTensor().data().asFloats());
    }
  }

  /**
   * One result.
   *
   * @param index among what is fetched, or {@link #ZEROS}
   */
  private record Computed(int index, Shape shape) {}

  private static final int ZEROS = -1;

  /** Else a thread of the session runs it, and to wake that takes longer than a small run. */
  private static final RunOptions IN_CALLER =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final GraphSession session;
  private final boolean isBeside;
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Output<TFloat32>> fetches = new ArrayList<>();
  private final List<Computed> outputs = new ArrayList<>();
  private boolean inCaller;
  private @Nullable Op target;
  private @Nullable Op occasional;

  CompiledTrace(GraphSession session) {
    this(session, false);
  }

  private CompiledTrace(GraphSession session, boolean isBeside) {
    this.session = session;
    this.isBeside = isBeside;
  }

  /** The same nodes of the graph with memory of its own for what is fed. */
  CompiledTrace beside() {
    CompiledTrace other = new CompiledTrace(session, true);
    feeds.forEach(feed -> other.feed(feed.placeholder(), feed.shape()));
    other.fetches.addAll(fetches);
    other.outputs.addAll(outputs);
    other.target = target;
    other.occasional = occasional;
    other.inCaller = inCaller;
    return other;
  }

  /** Whether its nodes are another one's. */
  boolean isBeside() {
    return isBeside;
  }

  /** Whether the thread that runs it does all of it. */
  void runInCaller(boolean alone) {
    inCaller = alone;
  }

  void feed(Operand<TFloat32> placeholder, Shape shape) {
    feeds.add(Feed.of(placeholder, shape));
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

  /**
   * Runs it.
   *
   * @param more is fed after the inputs
   * @param isOccasion whether to do what is done in some runs
   */
  List<HostTensor> run(HostTensor[] inputs, boolean isOccasion, float[]... more) {
    for (int i = 0; i < inputs.length; i++) {
      feeds.get(i).numbers().write(inputs[i].data());
    }
    for (int i = 0; i < more.length; i++) {
      feeds.get(inputs.length + i).numbers().write(more[i]);
    }
    return TensorFlowFault.guard("run a computation", () -> run(isOccasion));
  }

  /** Runs it with nothing beside the inputs. */
  List<HostTensor> run(HostTensor... inputs) {
    return run(inputs, false);
  }

  private List<HostTensor> run(boolean isOccasion) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < feeds.size(); i++) {
      runner.feed(feeds.get(i).placeholder(), feeds.get(i).tensor());
    }
    for (int i = 0; i < fetches.size(); i++) {
      runner.fetch(fetches.get(i));
    }
    Op wanted = isOccasion && occasional != null ? occasional : target;
    if (wanted != null) {
      runner.addTarget(wanted);
    }
    if (inCaller) {
      runner.setOptions(IN_CALLER);
    }
    try (Result result = runner.run()) {
      return read(result);
    }
  }

  private List<HostTensor> read(Result result) {
    List<HostTensor> results = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      Computed output = outputs.get(i);
      results.add(
          output.index() == ZEROS
              ? HostTensor.zeros(output.shape())
              : Buffers.read(result.get(output.index()), output.shape()));
    }
    return results;
  }

  @Override
  public void close() {
    feeds.forEach(feed -> feed.tensor().close());
    feeds.clear();
  }
}

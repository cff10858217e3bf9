package io.github.jvae.tensorflow;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
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

  private record Fetch(Operand<TFloat32> operand, Shape shape) {}

  private final GraphSession session;
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Fetch> fetches = new ArrayList<>();
  private @Nullable Op target;

  CompiledTrace(GraphSession session) {
    this.session = session;
  }

  void feed(Operand<TFloat32> placeholder, Shape shape) {
    TFloat32 tensor = Buffers.allocate(shape);
    feeds.add(new Feed(placeholder, tensor, tensor.asRawTensor().data().asFloats()));
  }

  void fetch(Operand<TFloat32> operand, Shape shape) {
    fetches.add(new Fetch(operand, shape));
  }

  /** What is to be done beside computing the results. */
  void target(Op operation) {
    target = operation;
  }

  boolean belongsTo(GraphSession other) {
    return session == other;
  }

  List<HostTensor> run(List<float[]> inputs) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < inputs.size(); i++) {
      Feed feed = feeds.get(i);
      feed.numbers().write(inputs.get(i));
      runner.feed(feed.placeholder(), feed.tensor());
    }
    fetches.forEach(fetch -> runner.fetch(fetch.operand()));
    if (target != null) {
      runner.addTarget(target);
    }
    List<HostTensor> results = new ArrayList<>(fetches.size());
    try (Result result = runner.run()) {
      for (int i = 0; i < fetches.size(); i++) {
        results.add(Buffers.read(result.get(i), fetches.get(i).shape()));
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

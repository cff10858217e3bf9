package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.Computation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Notes what a computation records and holds what its executable returns against it. */
final class WatchedRuns implements Computation {
  private final Computation computation;
  private final Map<List<Shape>, List<Shape>> recorded = new HashMap<>();
  private List<HostTensor> returned = List.of();
  private List<HostTensor> asReturned = List.of();

  WatchedRuns(Computation computation) {
    this.computation = computation;
  }

  @Override
  public List<Tensor> record(Trace trace, List<Tensor> inputs) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    // Batches of different sizes may have parts of the same.
    if (examples() == Examples.TOGETHER) {
      assertThat(recorded)
          .as("implementer: recorded once per combination of input shapes")
          .doesNotContainKey(shapes);
    }
    List<Tensor> outputs = computation.record(trace, inputs);
    recorded.put(shapes, outputs.stream().map(Tensor::shape).toList());
    return outputs;
  }

  @Override
  public Examples examples() {
    return computation.examples();
  }

  /** The shapes of the outputs for inputs of which all, or only some of the rows, were recorded. */
  private List<Shape> outputs(HostTensor... inputs) {
    List<Shape> given = Arrays.stream(inputs).map(HostTensor::shape).toList();
    List<Shape> whole = recorded.get(given);
    if (whole != null || recorded.isEmpty() || examples() == Examples.TOGETHER) {
      return whole == null ? List.of() : whole;
    }
    List<Shape> part = recorded.values().iterator().next();
    return examples() == Examples.AVERAGED
        ? part
        : part.stream().map(shape -> shape.with(0, given.get(0).dimension(0))).toList();
  }

  List<HostTensor> check(
      Function<HostTensor[], List<HostTensor>> run,
      Supplier<List<Shape>> more,
      HostTensor... inputs) {
    List<HostTensor> before = copies(List.of(inputs));
    List<HostTensor> outputs = run.apply(inputs);
    assertThat(List.of(inputs)).as("implementer: inputs are not changed").isEqualTo(before);
    assertThat(returned)
        .as("implementer: what an earlier call returned belongs to the caller and does not change")
        .isEqualTo(asReturned);
    List<Shape> wanted = new ArrayList<>(outputs(inputs));
    wanted.addAll(more.get());
    assertThat(outputs.stream().map(HostTensor::shape).toList())
        .as("implementer: outputs have the recorded shapes")
        .isEqualTo(wanted);
    requireOwnArrays(outputs, inputs);
    returned = List.copyOf(outputs);
    asReturned = copies(outputs);
    return outputs;
  }

  private void requireOwnArrays(List<HostTensor> outputs, HostTensor... inputs) {
    List<float[]> others = new ArrayList<>();
    Arrays.stream(inputs).forEach(input -> others.add(input.data()));
    returned.forEach(earlier -> others.add(earlier.data()));
    for (HostTensor output : outputs) {
      assertThat(others.stream().noneMatch(other -> other == output.data()))
          .as("implementer: every output has an array of its own")
          .isTrue();
      others.add(output.data());
    }
  }

  private static List<HostTensor> copies(List<HostTensor> tensors) {
    return tensors.stream()
        .map(tensor -> HostTensor.of(tensor.shape(), tensor.data().clone()))
        .toList();
  }
}

package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A computation of which not every model gives every output: which ones there are shows when it is
 * recorded, and is the same for all batches.
 */
final class OptionalOutputs implements Computation {
  private final Function<List<Tensor>, List<Optional<Tensor>>> outputs;
  private volatile List<Boolean> present = List.of();

  /** @param outputs records them, row by row apart */
  OptionalOutputs(Function<List<Tensor>, List<Optional<Tensor>>> outputs) {
    this.outputs = outputs;
  }

  @Override
  public List<Tensor> record(Trace trace, List<Tensor> inputs) {
    List<Optional<Tensor>> recorded = outputs.apply(inputs);
    present = recorded.stream().map(Optional::isPresent).toList();
    return recorded.stream().flatMap(Optional::stream).toList();
  }

  @Override
  public Examples examples() {
    return Examples.APART;
  }

  /** Returns results in the places of the outputs that they are of. */
  List<Optional<HostTensor>> inPlace(List<HostTensor> results) {
    Iterator<HostTensor> next = results.iterator();
    List<Optional<HostTensor>> placed = new ArrayList<>();
    present.forEach(is -> placed.add(is ? Optional.of(next.next()) : Optional.empty()));
    return placed;
  }
}

package io.github.jvae.backend;

import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;

/** A computation and how its outputs follow from the examples. */
record DeclaredComputation(Examples examples, Computation computation) implements Computation {
  @Override
  public List<Tensor> record(Trace trace, List<Tensor> inputs) {
    return computation.record(trace, inputs);
  }
}

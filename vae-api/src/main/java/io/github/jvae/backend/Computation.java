package io.github.jvae.backend;

import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;

/**
 * A pure function over tensors, which a backend records once per combination of input shapes (rule
 * R1).
 */
@FunctionalInterface
public interface Computation {

  /**
   * Records the computation.
   *
   * @param trace where parameters and constants come from
   * @param inputs one for each number array the executable will be given
   * @return the outputs, at least one
   */
  List<Tensor> record(Trace trace, List<Tensor> inputs);
}

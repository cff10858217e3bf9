package io.github.jvae.model;

import java.util.List;
import java.util.Optional;

/** A part of a model: it has a name for messages and may own networks and trained parameters. */
public interface Component {

  /** Returns the name in messages, such as {@code bernoulli}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Returns the networks this component owns, which a trace applies to tensors; none unless it says
   * so.
   */
  default List<Network> networks() {
    return List.of();
  }

  /**
   * Returns the parameters this component owns: those of its networks unless it says more. They are
   * stored under their names, and reached while recording through
   * {@link io.github.jvae.tensor.Trace#parameter}.
   */
  default List<Parameter> parameters() {
    return networks().stream().flatMap(network -> network.parameters().stream()).toList();
  }

  /**
   * Returns how the first values of some parameters are made of training examples; empty unless a
   * component says so.
   */
  default Optional<FirstValues> firstValues() {
    return Optional.empty();
  }
}

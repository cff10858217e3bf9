package io.github.jvae.model;

import java.util.List;

/** A part of a model: it has a name for messages and may own trained parameters. */
public interface Component {

  /** The name in messages, such as {@code bernoulli}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * The parameters this component owns. They are stored with those of the networks, under these
   * names, and reached while recording through {@link io.github.jvae.tensor.Trace#parameter}.
   */
  default List<Parameter> parameters() {
    return List.of();
  }
}

package io.github.jvae.tensor;

import java.util.Map;

/**
 * A function of named batches that is described by data, so that an engine may record all of it in
 * layers, memory layouts and kernels of its own. The networks of the package {@code model} are such
 * units, and the only ones that backends know.
 */
public interface NativeUnit {

  /** Returns the name in messages, such as {@code encoder}. */
  String name();

  /** Returns what it takes: the shapes of one example, without the batch. */
  Map<String, Shape> inputs();

  /** Returns what it makes: the shapes of one example, without the batch. */
  Map<String, Shape> outputs();
}

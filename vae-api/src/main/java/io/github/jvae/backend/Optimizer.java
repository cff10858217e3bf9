package io.github.jvae.backend;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a training step moves the variables along their gradients, in the form of PyTorch on every
 * engine (rule R8). The learning rate is no part of it, as it may change from step to step.
 *
 * <p>Before anything else the gradients are limited, see {@link #clipNorm}. Variables that the loss
 * does not use stay as they are, also where there is weight decay.
 */
public sealed interface Optimizer permits Adam, AdamW, Adamax, Sgd, Averaging {
  /** What limits the gradient norm may have, where it has one. */
  Range CLIP_NORMS = Range.above(0);

  /** What may be computed of each optimizer; another one is another method, and so never missed. */
  interface Cases<R> {
    /** Returns the result for Adam. */
    R adam(Adam adam);

    /** Returns the result for Adam with decoupled weight decay. */
    R adamW(AdamW adamW);

    /** Returns the result for Adamax. */
    R adamax(Adamax adamax);

    /** Returns the result for gradient descent. */
    R sgd(Sgd sgd);

    /** Returns the result for any of them that averages the variables beside. */
    R averaging(Averaging averaging);
  }

  /**
   * Returns an optimizer with PyTorch's defaults.
   *
   * @param where the flag or member that says the name, for the message
   * @throws VaeException if there is none of that name; the message lists those there are
   */
  static Optimizer named(String where, String name) {
    return Stream.of(Adam.defaults(), AdamW.defaults(), Adamax.defaults(), Sgd.defaults())
        .filter(optimizer -> optimizer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ConfigurationException(
            where + " must be adam, adamw, adamax or sgd, not " + Quote.of(name)));
  }

  /** Returns what the method of this optimizer's kind returns. */
  <R> R match(Cases<R> cases);

  /** Returns the name users choose it by, such as {@code adam}. */
  String name();

  /** Returns what is remembered of each variable from step to step, in a fixed order. */
  List<OptimizerSlot> slots();

  /**
   * Returns the greatest L2 norm of all gradients together, to which greater ones are scaled down
   * by {@code clipNorm / (norm + 1e-6)} as PyTorch does; 0 for no limit.
   */
  double clipNorm();

  /**
   * Returns this with another limit of the gradient norm.
   *
   * @throws VaeException if it is negative or not finite
   */
  Optimizer withClipNorm(double limit);
}

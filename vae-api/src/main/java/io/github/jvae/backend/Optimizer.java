package io.github.jvae.backend;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a training step moves the variables along their gradients, in the form of PyTorch on every
 * engine (rule R8). The learning rate is no part of it, as it may change from step to step.
 *
 * <p>Before anything else the gradients are limited, see {@link #limits}. Variables that the loss
 * does not use stay as they are, also where there is weight decay.
 */
public sealed interface Optimizer permits Adam, AdamW, Adamax, Sgd, Averaging {
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

  /** Returns what is done about gradients that are too great. */
  GradientLimits limits();

  /** Returns this with other limits of the gradients. */
  Optimizer withLimits(GradientLimits limits);
}

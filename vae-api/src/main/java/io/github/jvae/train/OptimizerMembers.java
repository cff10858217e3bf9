package io.github.jvae.train;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Sgd;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.option.Options;

/**
 * The optimizer among the options that are saved with a model. A folder that names none was written
 * when Adam was the only one.
 */
final class OptimizerMembers implements Optimizer.Cases<Options> {
  private static final String NAME = "optimizer";
  private static final String BETA_1 = "beta1";
  private static final String BETA_2 = "beta2";
  private static final String EPSILON = "epsilon";
  private static final String WEIGHT_DECAY = "weight_decay";
  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";
  private static final String CLIP_NORM = "clip_norm";
  private static final String SKIP_ABOVE = "skip_above";
  private static final String AVERAGE_DECAY = "average_decay";

  @Override
  public Options adam(Adam adam) {
    return named(adam)
        .with(BETA_1, adam.beta1())
        .with(BETA_2, adam.beta2())
        .with(EPSILON, adam.epsilon())
        .with(limits(adam.limits()));
  }

  @Override
  public Options adamW(AdamW adamW) {
    return adam(adamW.adam()).with(named(adamW)).with(WEIGHT_DECAY, adamW.weightDecay());
  }

  @Override
  public Options adamax(Adamax adamax) {
    return named(adamax)
        .with(BETA_1, adamax.beta1())
        .with(BETA_2, adamax.beta2())
        .with(EPSILON, adamax.epsilon())
        .with(WEIGHT_DECAY, adamax.weightDecay())
        .with(limits(adamax.limits()));
  }

  @Override
  public Options sgd(Sgd sgd) {
    return named(sgd)
        .with(MOMENTUM, sgd.momentum())
        .with(NESTEROV, sgd.nesterov())
        .with(WEIGHT_DECAY, sgd.weightDecay())
        .with(limits(sgd.limits()));
  }

  @Override
  public Options averaging(Averaging averaging) {
    return averaging.base().match(this).with(AVERAGE_DECAY, averaging.decay());
  }

  private static Options limits(GradientLimits limits) {
    Options clipping = Options.none().with(CLIP_NORM, limits.clipNorm());
    return limits.skipAbove() == 0 ? clipping : clipping.with(SKIP_ABOVE, limits.skipAbove());
  }

  private static GradientLimits limitsIn(JsonMembers members) {
    return new GradientLimits(members.number(CLIP_NORM, 0), members.number(SKIP_ABOVE, 0));
  }

  private static Options named(Optimizer optimizer) {
    return Options.none().with(NAME, optimizer.name());
  }

  /**
   * Returns the name of the optimizer that was saved.
   *
   * @throws io.github.jvae.error.VaeException if it is no text
   */
  static String nameIn(JsonMembers members) {
    String name = members.text(NAME);
    return name == null ? Adam.NAME : name;
  }

  /**
   * Returns the optimizer that was saved; what is missing is as in the defaults.
   *
   * @throws io.github.jvae.error.VaeException if it is unknown, or a number is of the wrong kind or
   *     out of range
   */
  static Optimizer optimizerIn(JsonMembers members) {
    Optimizer optimizer = Optimizer.named(NAME, nameIn(members)).match(new Reading(members));
    if (!members.names().contains(AVERAGE_DECAY)) {
      return optimizer;
    }
    double decay = members.number(AVERAGE_DECAY, Double.NaN);
    return new Averaging(optimizer, Averaging.DECAYS.require(AVERAGE_DECAY, decay));
  }

  /** An optimizer with the numbers that were saved. */
  private record Reading(JsonMembers members) implements Optimizer.Cases<Optimizer> {
    @Override
    public Adam adam(Adam standard) {
      return new Adam(
          members.number(BETA_1, standard.beta1()),
          members.number(BETA_2, standard.beta2()),
          members.number(EPSILON, standard.epsilon()),
          limitsIn(members));
    }

    @Override
    public AdamW adamW(AdamW standard) {
      return new AdamW(adam(standard.adam()), members.number(WEIGHT_DECAY, standard.weightDecay()));
    }

    @Override
    public Adamax adamax(Adamax standard) {
      return new Adamax(
          members.number(BETA_1, standard.beta1()),
          members.number(BETA_2, standard.beta2()),
          members.number(EPSILON, standard.epsilon()),
          members.number(WEIGHT_DECAY, standard.weightDecay()),
          limitsIn(members));
    }

    @Override
    public Sgd sgd(Sgd standard) {
      return new Sgd(
          members.number(MOMENTUM, standard.momentum()),
          members.flag(NESTEROV, standard.nesterov()),
          members.number(WEIGHT_DECAY, standard.weightDecay()),
          limitsIn(members));
    }

    @Override
    public Averaging averaging(Averaging standard) {
      return new Averaging(
          standard.base().match(this), members.number(AVERAGE_DECAY, standard.decay()));
    }
  }
}

package io.github.jvae.bench.option;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Sgd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How variables are moved along their gradients, as flags. */
public final class OptimizerFlags {
  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";
  private static final String BETA_1 = "--adam-beta1";
  private static final String BETA_2 = "--adam-beta2";
  private static final String EPSILON = "--adam-epsilon";
  private static final String WEIGHT_DECAY = "--weight-decay";
  private static final String MOMENTUM = "--momentum";
  private static final String NESTEROV = "--nesterov";
  private static final String CLIP_NORM = "--clip-norm";
  private static final String SKIP_ABOVE = "--skip-above";
  private static final String AVERAGE_WEIGHTS = "--average-weights";
  private static final List<String> ADAMS = List.of(Adam.NAME, AdamW.NAME, Adamax.NAME);

  /** The optimizers that each flag of some of them belongs to. */
  private static final Map<String, List<String>> OWNERS = Map.of(
      BETA_1,
      ADAMS,
      BETA_2,
      ADAMS,
      EPSILON,
      ADAMS,
      WEIGHT_DECAY,
      List.of(AdamW.NAME, Adamax.NAME, Sgd.NAME),
      MOMENTUM,
      List.of(Sgd.NAME),
      NESTEROV,
      List.of(Sgd.NAME));

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "How weights follow their gradients, as in PyTorch: adam, adamw (Adam with"
          + " decoupled weight decay), adamax, or sgd (gradient descent)." + DEFAULT)
  private String name = Adam.NAME;

  @Option(
      names = WEIGHT_DECAY,
      paramLabel = "NUMBER",
      description = "adamw, adamax, sgd: what pulls weights towards 0, at least 0 and below 1."
          + " Default: 0.01 for adamw, else 0.")
  private @Nullable Double weightDecay;

  @Option(
      names = MOMENTUM,
      paramLabel = "NUMBER",
      description = "sgd: what is kept of the step before, at least 0 and below 1." + DEFAULT)
  private double momentum;

  @Option(
      names = NESTEROV,
      description = "sgd: look ahead along the momentum, of which there must" + " be some.")
  private boolean nesterov;

  @Option(
      names = BETA_1,
      paramLabel = "NUMBER",
      description =
          "adam, adamw, adamax: decay of the mean gradient, at least 0 and below 1." + DEFAULT)
  private double beta1 = Adam.defaults().beta1();

  @Option(
      names = BETA_2,
      paramLabel = "NUMBER",
      description = "adam, adamw: decay of the mean squared gradient, adamax: of the largest one;"
          + " at least 0 and below 1." + DEFAULT)
  private double beta2 = Adam.defaults().beta2();

  @Option(
      names = EPSILON,
      paramLabel = "NUMBER",
      description = "adam, adamw: what is added to the root of the mean squared gradient, adamax:"
          + " to the size of the gradient; above 0 and below 1." + DEFAULT)
  private double epsilon = Adam.defaults().epsilon();

  @Option(
      names = CLIP_NORM,
      paramLabel = "NUMBER",
      description = "The greatest L2 norm of all gradients together, above 0. Default: no limit.")
  private @Nullable Double clipNorm;

  @Option(
      names = SKIP_ABOVE,
      paramLabel = "NUMBER",
      description =
          "Skip each step whose gradients together have an L2 norm above this, or one that"
              + " is not finite: nothing changes in it. Well above what steps usually have, which is told"
              + " with --clip-norm. Default: no step is skipped.")
  private @Nullable Double skipAbove;

  @Option(
      names = AVERAGE_WEIGHTS,
      paramLabel = "DECAY",
      description = "Beside the weights, keep their exponential moving average over the steps with"
          + " this decay, such as 0.999; above 0 and below 1. It is judged beside them, and saved as"
          + " a model of its own in DIR/average and DIR/best/average. Default: no average.")
  private @Nullable Double averageDecay;

  /**
   * Returns the optimizer.
   *
   * @throws picocli.CommandLine.ParameterException if there is none of that name, a number is out
   *     of range, or a flag is another optimizer's
   */
  Optimizer optimizer(OutputOptions output) {
    GradientLimits limits = new GradientLimits(
        limit(CLIP_NORM, clipNorm, output), limit(SKIP_ABOVE, skipAbove, output));
    Optimizer standard = Typed.value(output, () -> Optimizer.named("--optimizer", name));
    OWNERS.forEach((flag, owners) -> {
      if (output.isGiven(flag) && !owners.contains(standard.name())) {
        throw output.usage(flag + " is for --optimizer " + String.join(", ", owners) + ", not for "
            + standard.name() + "; leave it out");
      }
    });
    return Typed.value(output, () -> averaging(standard.match(new Flags(limits))));
  }

  private static double limit(String flag, @Nullable Double given, OutputOptions output) {
    if (given == null) {
      return 0;
    }
    output.require(GradientLimits.NORMS, flag, given);
    return given;
  }

  private Optimizer averaging(Optimizer plain) {
    if (averageDecay == null) {
      return plain;
    }
    Averaging.DECAYS.require(AVERAGE_WEIGHTS, averageDecay);
    return new Averaging(plain, averageDecay);
  }

  /** An optimizer with the numbers of the flags. */
  private final class Flags implements Optimizer.Cases<Optimizer> {
    private final GradientLimits limits;

    Flags(GradientLimits limits) {
      this.limits = limits;
    }

    @Override
    public Adam adam(Adam standard) {
      return new Adam(beta1, beta2, epsilon, limits);
    }

    @Override
    public AdamW adamW(AdamW standard) {
      return new AdamW(adam(standard.adam()), decay(standard.weightDecay()));
    }

    @Override
    public Adamax adamax(Adamax standard) {
      return new Adamax(beta1, beta2, epsilon, decay(standard.weightDecay()), limits);
    }

    @Override
    public Sgd sgd(Sgd standard) {
      return new Sgd(momentum, nesterov, decay(standard.weightDecay()), limits);
    }

    @Override
    public Averaging averaging(Averaging standard) {
      return new Averaging(standard.base().match(this), standard.decay());
    }

    private double decay(double standard) {
      return weightDecay == null ? standard : weightDecay;
    }
  }
}

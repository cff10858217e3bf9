package io.github.jvae.djl;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.Sgd;
import java.util.Collections;

/**
 * Writes the lines of a script by which an optimizer moves variables: one call of PyTorch's where
 * it has a fused optimizer, else calls that each go over all variables. They read the list
 * {@code trained}, the lists that {@link #list} names, and {@code rate_and_step}.
 */
final class OptimizerLines implements Optimizer.Cases<ScriptText> {
  static final String RATE_AND_STEP = "rate_and_step";

  private static final String UPDATES = "updates";
  private static final String OWNER = "optimizer";
  private static final String NO_LIST = "annotate(List[Tensor], [])";

  /** What {@link #addNorm} computes, a single number. */
  static final String NORM = "norm";

  private final ScriptText text;
  private final int variables;

  /** What stands before a line: within a branch, more than nothing. */
  private String indent = "";

  private OptimizerLines(ScriptText text, int variables) {
    this.text = text;
    this.variables = variables;
  }

  /**
   * Writes them, for so many variables whose gradients are in the list of this name. Where the
   * optimizer has limits, {@link #addNorm} has been called before.
   */
  static void add(ScriptText text, Optimizer optimizer, String gradients, int variables) {
    OptimizerLines lines = new OptimizerLines(text, variables);
    GradientLimits limits = optimizer.limits();
    if (limits.skipAbove() > 0) {
      lines.line("if bool(torch.le(" + NORM + ", " + DjlTrace.literal(limits.threshold()) + ")):");
      lines.indent = "  ";
    }
    lines.line(UPDATES + " = " + gradients);
    if (limits.clipNorm() > 0) {
      lines.clip(limits.clipNorm());
    }
    lines.line("rate = torch.select(" + RATE_AND_STEP + ", 0, 0)");
    lines.line("step = torch.select(" + RATE_AND_STEP + ", 0, 1)");
    optimizer.match(lines);
  }

  /** Writes the line that computes the norm of all gradients in the list of this name. */
  static void addNorm(ScriptText text, String gradients) {
    text.add(
        OWNER,
        NORM + " = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(" + gradients + ")))");
  }

  /** Returns the name of the list of a slot's arrays, in the order of the trained variables. */
  static String list(OptimizerSlot slot) {
    return slot.key();
  }

  private ScriptText line(String line) {
    text.add(OWNER, indent + line);
    return text;
  }

  /** Writes a call whose result, if it has one, is not needed. */
  private ScriptText call(String function, String... arguments) {
    return line(function + "(" + String.join(", ", arguments) + ")");
  }

  private void clip(double limit) {
    line("excess = torch.add(" + NORM + ", " + DjlTrace.literal(GradientLimits.MARGIN) + ")");
    line("factor = torch.clamp_max(torch.mul(torch.reciprocal(excess), " + DjlTrace.literal(limit)
        + "), 1.0)");
    line(UPDATES + " = torch._foreach_mul(" + UPDATES + ", factor)");
  }

  @Override
  public ScriptText adam(Adam adam) {
    return fusedAdam("torch._fused_adam_", adam, 0);
  }

  @Override
  public ScriptText adamW(AdamW adamW) {
    return fusedAdam("torch._fused_adamw_", adamW.adam(), adamW.weightDecay());
  }

  private ScriptText fusedAdam(String function, Adam adam, double weightDecay) {
    return call(
        function,
        ScriptWriter.TRAINED,
        UPDATES,
        list(OptimizerSlot.FIRST_MOMENT),
        list(OptimizerSlot.SECOND_MOMENT),
        NO_LIST,
        ScriptWriter.list(Collections.nCopies(variables, "step")),
        "lr=rate",
        "beta1=" + DjlTrace.literal(adam.beta1()),
        "beta2=" + DjlTrace.literal(adam.beta2()),
        "weight_decay=" + DjlTrace.literal(weightDecay),
        "eps=" + DjlTrace.literal(adam.epsilon()),
        "amsgrad=False",
        "maximize=False");
  }

  @Override
  public ScriptText adamax(Adamax adamax) {
    String first = list(OptimizerSlot.FIRST_MOMENT);
    String largest = list(OptimizerSlot.LARGEST_GRADIENT);
    if (adamax.weightDecay() > 0) {
      line(UPDATES + " = torch._foreach_add(" + UPDATES + ", " + ScriptWriter.TRAINED + ", alpha="
          + DjlTrace.literal(adamax.weightDecay()) + ")");
    }
    call("torch._foreach_mul_", first, DjlTrace.literal(adamax.beta1()));
    call("torch._foreach_add_", first, UPDATES, "alpha=" + DjlTrace.literal(1 - adamax.beta1()));
    call("torch._foreach_mul_", largest, DjlTrace.literal(adamax.beta2()));
    line("sizes = torch._foreach_add(torch._foreach_abs(" + UPDATES + "), "
        + DjlTrace.literal(adamax.epsilon()) + ")");
    call("torch._foreach_maximum_", largest, "sizes");
    line("correction = torch.rsub(torch.pow(" + DjlTrace.literal(adamax.beta1())
        + ", torch.to(step, 7)), 1.0)");
    line("corrected = torch.to(torch.div(rate, correction), " + DjlTrace.FLOAT32 + ")");
    line("moves = torch._foreach_mul(torch._foreach_div(" + first + ", " + largest
        + "), corrected)");
    return call("torch._foreach_sub_", ScriptWriter.TRAINED, "moves");
  }

  @Override
  public ScriptText sgd(Sgd sgd) {
    return call(
        "torch._fused_sgd_",
        ScriptWriter.TRAINED,
        UPDATES,
        sgd.momentum() == 0 ? NO_LIST : list(OptimizerSlot.VELOCITY),
        "weight_decay=" + DjlTrace.literal(sgd.weightDecay()),
        "momentum=" + DjlTrace.literal(sgd.momentum()),
        "lr=rate",
        "dampening=0.0",
        "nesterov=" + (sgd.nesterov() ? "True" : "False"),
        "maximize=False",
        "is_first_step=False");
  }

  @Override
  public ScriptText averaging(Averaging averaging) {
    averaging.base().match(this);
    return call(
        "torch._foreach_lerp_",
        list(OptimizerSlot.AVERAGE),
        ScriptWriter.TRAINED,
        DjlTrace.literal(averaging.take()));
  }
}

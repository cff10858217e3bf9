package io.github.jvae.djl;

import io.github.jvae.backend.Adam;
import java.util.Collections;

/**
 * Writes the lines of a script by which PyTorch's fused Adam moves variables. They read the lists
 * {@code trained}, {@code updates}, {@code first} and {@code second}, and {@code rate_and_step}.
 */
final class AdamLines {
  static final String RATE_AND_STEP = "rate_and_step";
  static final String UPDATES = "updates";
  static final String FIRST = "first";
  static final String SECOND = "second";

  private static final String OWNER = "adam";

  /** What PyTorch adds to the norm that gradients are clipped by. */
  private static final double MARGIN = 1e-6;

  private AdamLines() {}

  /** Writes them, for so many variables whose gradients are in the list of this name. */
  static void add(ScriptText text, Adam adam, String gradients, int variables) {
    text.add(OWNER, UPDATES + " = " + gradients);
    if (adam.clipNorm() > 0) {
      addClipping(text, adam);
    }
    text.add(OWNER, "rate = torch.select(" + RATE_AND_STEP + ", 0, 0)");
    text.add(OWNER, "step = torch.select(" + RATE_AND_STEP + ", 0, 1)");
    text.add(
        OWNER,
        "torch._fused_adam_("
            + String.join(
                ", ",
                ScriptWriter.TRAINED,
                UPDATES,
                FIRST,
                SECOND,
                "annotate(List[Tensor], [])",
                ScriptWriter.list(Collections.nCopies(variables, "step")),
                "lr=rate",
                "beta1=" + DjlTrace.literal(adam.beta1()),
                "beta2=" + DjlTrace.literal(adam.beta2()),
                "weight_decay=0.0",
                "eps=" + DjlTrace.literal(adam.epsilon()),
                "amsgrad=False",
                "maximize=False")
            + ")");
  }

  private static void addClipping(ScriptText text, Adam adam) {
    text.add(OWNER, "norms = torch.stack(torch._foreach_norm(" + UPDATES + "))");
    text.add(
        OWNER,
        "excess = torch.add(torch.linalg_vector_norm(norms), " + DjlTrace.literal(MARGIN) + ")");
    text.add(
        OWNER,
        "factor = torch.clamp_max(torch.mul(torch.reciprocal(excess), "
            + DjlTrace.literal(adam.clipNorm()) + "), 1.0)");
    text.add(OWNER, UPDATES + " = torch._foreach_mul(" + UPDATES + ", factor)");
  }
}

package io.github.jvae.bench.console;

import io.github.jvae.train.EpochGradients;
import java.util.List;
import java.util.Locale;

/** What an epoch's line says of gradients. */
final class GradientText {
  private GradientText() {}

  /**
   * Returns it, with a comma before; nothing where nobody looked at them.
   *
   * @param gradients the model's first, then its adversary's
   */
  static String of(List<EpochGradients> gradients) {
    StringBuilder text = new StringBuilder();
    for (int place = 0; place < gradients.size(); place++) {
      EpochGradients of = gradients.get(place);
      String owner = place == 0 ? "" : "adversary's ";
      if (Double.isFinite(of.meanNorm())) {
        text.append(String.format(
            Locale.ROOT,
            ", %sgradient norm %.3g (at most %.3g)",
            owner,
            of.meanNorm(),
            of.greatestNorm()));
      }
      if (of.skipped() > 0) {
        text.append(", ").append(of.skipped()).append(' ').append(owner).append("steps skipped");
      }
    }
    return text.toString();
  }
}

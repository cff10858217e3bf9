package io.github.jvae.train;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Precision;
import io.github.jvae.model.Loss;
import java.util.List;
import java.util.Map;

/** Says which numbers of a training are not finite, and what may help. */
final class Diagnosis {
  /** So many are named. */
  private static final int MOST = 3;

  private static final String GROUP = Loss.klOf("");

  private Diagnosis() {}

  /**
   * Returns a sum that is not finite with the parts of it that are not.
   *
   * @param sum what it is, such as {@code the loss}
   * @param parts the terms of an objective, by name
   */
  static String of(String sum, double value, Map<String, Double> parts) {
    List<String> names = parts.keySet().stream()
        .filter(name -> !name.equals(Loss.ELBO))
        .filter(name -> !name.equals(Loss.KL) || groups(parts) == 0)
        .toList();
    List<String> faulty = names.stream()
        .filter(name -> !Double.isFinite(parts.getOrDefault(name, 0.0)))
        .toList();
    if (faulty.isEmpty()) {
      return sum + " is " + value;
    }
    String told = String.join(
        ", ",
        faulty.stream()
            .limit(MOST)
            .map(name -> called(name) + " is " + parts.get(name))
            .toList());
    return (Double.isFinite(value) ? "of " + sum + " " : sum + " is " + value + ", for ")
        + told
        + (faulty.size() > MOST ? " and so are " + (faulty.size() - MOST) + " more" : "")
        + (faulty.size() == names.size() && names.size() > 1
            ? "; all parts at once point at the weights, which the step before may have spoilt"
            : "");
  }

  private static long groups(Map<String, Double> parts) {
    return parts.keySet().stream().filter(name -> name.startsWith(GROUP)).count();
  }

  private static String called(String name) {
    if (name.equals(Loss.LOG_LIKELIHOOD)) {
      return "the log-likelihood";
    }
    if (name.equals(Loss.KL)) {
      return "the KL";
    }
    return name.startsWith(GROUP)
        ? "the KL of latent group " + name.substring(GROUP.length())
        : name;
  }

  /** Returns what may help in a training on a backend. */
  static String cure(Backend backend) {
    return "lower the learning rate (--lr), limit the gradient norm (--clip-norm), or skip steps"
        + " beyond one (--skip-above)"
        + (backend.info().precision() == Precision.BFLOAT16
            ? "; matrix products are in bfloat16 here, and float32 (--precision) is safer"
            : "");
  }
}

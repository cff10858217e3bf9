package io.github.jvae.objective;

import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every objective reports first: the ELBO, its two parts, and what each latent group adds to
 * the divergence if there are several.
 */
final class ElboTerms {
  private ElboTerms() {}

  /** Returns the names, followed by those of what an objective reports beside. */
  static List<String> names(LatentModel model, String... further) {
    List<String> names = new ArrayList<>(List.of(Loss.ELBO, Loss.LOG_LIKELIHOOD, Loss.KL));
    if (model.groups().size() > 1) {
      model.groups().forEach(group -> names.add(Loss.klOf(group.name())));
    }
    names.addAll(List.of(further));
    return names;
  }

  /** Returns the terms by name, to which an objective adds its own. */
  static Map<String, Tensor> of(LatentModel model, BoundTerms bound) {
    Tensor kl = bound.kl();
    Map<String, Tensor> terms = new LinkedHashMap<>();
    terms.put(Loss.ELBO, bound.logLikelihood().subtract(kl));
    terms.put(Loss.LOG_LIKELIHOOD, bound.logLikelihood());
    terms.put(Loss.KL, kl);
    if (model.groups().size() > 1) {
      bound.divergences().forEach((group, value) -> terms.put(Loss.klOf(group), value));
    }
    return terms;
  }

  /**
   * Returns a number of the whole batch as a term, the same of each example.
   *
   * @param number shape []
   * @return [B]
   */
  static Tensor ofEach(Inputs in, Tensor number) {
    return number.reshape(1).broadcastTo(Shape.of(in.size()));
  }
}

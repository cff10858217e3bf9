package io.github.jvae.objective;

import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.tensor.Tensor;
import java.util.Map;

/** An objective that maximises a bound on log p(x) that is a function of importance weights. */
abstract class WeightedBound extends MultipleDraws {

  /** Describes an objective that reports its bound under its own name. */
  WeightedBound(String name, int draws) {
    super(name, draws, name);
  }

  /**
   * Records the bound.
   *
   * @param logWeights of the draws of each example, [B, K]
   * @return [B]
   */
  abstract Tensor of(Tensor logWeights);

  @Override
  final Loss evaluate(LatentModel model, Inputs in, Tensor noise) {
    WeightedDraws drawn = weighted(model.bound(in, noise, DivergenceForm.SAMPLED));
    Tensor bound = of(drawn.logWeights());
    Map<String, Tensor> terms = ElboTerms.of(model, drawn.means());
    terms.put(name(), bound);
    return new Loss(bound.mean().negate(), terms);
  }
}

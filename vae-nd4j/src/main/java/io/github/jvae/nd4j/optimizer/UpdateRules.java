package io.github.jvae.nd4j.optimizer;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Adamax;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.Sgd;

/** The rule of each optimizer. */
final class UpdateRules implements Optimizer.Cases<UpdateRule> {
  @Override
  public UpdateRule adam(Adam adam) {
    return new AdamRule(adam, 0);
  }

  @Override
  public UpdateRule adamW(AdamW adamW) {
    return new AdamRule(adamW.adam(), adamW.weightDecay());
  }

  @Override
  public UpdateRule adamax(Adamax adamax) {
    return new AdamaxRule(adamax);
  }

  @Override
  public UpdateRule sgd(Sgd sgd) {
    return new SgdRule(sgd);
  }

  @Override
  public UpdateRule averaging(Averaging averaging) {
    return new AveragingRule(averaging, averaging.base().match(this));
  }
}

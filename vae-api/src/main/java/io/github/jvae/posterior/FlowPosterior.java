package io.github.jvae.posterior;

import io.github.jvae.flow.Bijection;
import io.github.jvae.flow.ConditionalFlow;
import io.github.jvae.flow.Mapped;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Posterior;
import io.github.jvae.model.Rows;
import io.github.jvae.tensor.Tensor;
import java.util.Optional;

/**
 * A diagonal Gaussian, mapped by a flow: {@code log q(z|x) = log N(u; μ, σ²) - log |det ∂z/∂u|}.
 *
 * @param base what the flow starts from
 * @param flow the kind of map
 * @param numbers what each example's map is told by, [B, n]
 */
record FlowPosterior(DiagonalGaussian base, ConditionalFlow flow, Tensor numbers)
    implements Posterior {

  private Bijection map() {
    return flow.given(numbers);
  }

  /** Returns what the flow makes of the Gaussian's means, which draws of noise 0 are. */
  @Override
  public Tensor mean() {
    return map().forward(base.mean()).vectors();
  }

  @Override
  public Draw draw(Tensor noise) {
    Draw start = base.draw(noise);
    Mapped mapped = map().forward(start.z());
    return new Draw(mapped.vectors(), () -> start.logProb().subtract(mapped.logDeterminant()));
  }

  @Override
  public Tensor logProb(Tensor z) {
    Mapped start = map().inverse(z);
    return base.logProb(start.vectors()).add(start.logDeterminant());
  }

  @Override
  public Optional<Tensor> klToReference() {
    return flow.isOrthogonal() ? base.klToReference() : Optional.empty();
  }

  @Override
  public Optional<Posterior> repeat(int times) {
    return Optional.of(new FlowPosterior(base.repeated(times), flow, Rows.repeat(numbers, times)));
  }
}

package io.github.jvae.flow;

import io.github.jvae.model.Network;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * {@link Autoregressive} maps one after another, whose networks take the example's numbers as their
 * context.
 *
 * @param context the extent of the context
 * @param maps at least one, for a context of this extent
 */
public record InverseAutoregressiveFlow(int context, List<Autoregressive> maps)
    implements ConditionalFlow {

  public InverseAutoregressiveFlow {
    maps = List.copyOf(maps);
  }

  @Override
  public List<Network> networks() {
    return new Composition(maps).networks();
  }

  @Override
  public int size(int latent) {
    return context;
  }

  @Override
  public Bijection given(Tensor numbers) {
    return new Composition(maps).given(numbers);
  }
}

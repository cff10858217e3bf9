package io.github.jvae.flow;

import io.github.jvae.model.Component;
import io.github.jvae.tensor.Tensor;

/** A bijection for each example, told by numbers that an encoder makes of the example. */
public interface ConditionalFlow extends Component {

  /**
   * Returns how many numbers an example's map is told by.
   *
   * @param latent the extent of the vectors that are mapped
   */
  int size(int latent);

  /**
   * Returns the map of each example of a batch.
   *
   * @param numbers [B, {@link #size}]
   */
  Bijection given(Tensor numbers);

  /**
   * Returns whether every map keeps lengths and leaves 0 where it is, and so the standard normal
   * distribution as it is; it does not unless a flow says so.
   */
  default boolean isOrthogonal() {
    return false;
  }
}

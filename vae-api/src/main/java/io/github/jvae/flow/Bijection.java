package io.github.jvae.flow;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Component;
import io.github.jvae.tensor.Tensor;

/**
 * An invertible map of vectors of one extent, differentiable both ways. What it makes of a vector
 * does not depend on the rest of the batch.
 */
public interface Bijection extends Component {

  /**
   * Maps vectors.
   *
   * @param x [B, L]
   */
  Mapped forward(Tensor x);

  /**
   * Returns the map of each example, where it follows what else is known of it; itself unless a
   * flow says otherwise.
   *
   * @param context [B, n], of as many numbers as the map was made for
   */
  default Bijection given(Tensor context) {
    return this;
  }

  /**
   * Maps vectors back: {@code forward(inverse(y)) = y}. The determinant is that of this map.
   *
   * @param y [B, L]
   * @throws VaeException if the inverse has no closed form, which is the default
   */
  default Mapped inverse(Tensor y) {
    throw new ConfigurationException("a flow of " + getClass().getSimpleName()
        + " has no inverse in closed form: the log-probability of its own draws is all that is"
        + " known of it");
  }
}

package io.github.jvae.quantized;

import io.github.jvae.model.Component;
import io.github.jvae.tensor.Tensor;

/** A distribution over the G codes of an example, each one of K. */
interface CodePrior extends Component {

  /**
   * Records {@code log p(codes)}, in nats.
   *
   * @param codes one-hot, [B, G, K]
   * @return [B]
   */
  Tensor logProb(Tensor codes);

  /**
   * Records a draw.
   *
   * @param noise standard normal, [B, G]
   * @return one-hot, [B, G, K]
   */
  Tensor sample(Tensor noise);
}

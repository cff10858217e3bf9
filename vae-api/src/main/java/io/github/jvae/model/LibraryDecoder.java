package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * A decoder of counts whose sum is known of each example, as in single-cell sequencing (Lopez et
 * al., "Deep generative modeling for single-cell transcriptomics", 2018): what another decoder
 * makes first of each element is the logit of its share of that sum, {@code μ = library ·
 * softmax(l)}, and becomes the logarithm of its mean. All else, such as a dispersion, stays.
 */
public final class LibraryDecoder implements Decoder {
  /** The name in configurations, and of the condition that tells the sum, shape [1]. */
  public static final String NAME = "library";

  private final Decoder shares;
  private final int elements;

  /**
   * Makes the decoder.
   *
   * @param shares makes logits in place of logarithms of means
   * @param example the shape of one, a vector
   * @param told whether the model is told the sum
   * @throws VaeException if it is not, or examples are no vectors
   */
  public LibraryDecoder(Decoder shares, Shape example, boolean told) {
    if (!told || example.rank() != 1) {
      throw new ConfigurationException("decoder " + NAME + " needs "
          + (told
              ? "examples that are vectors of counts, not " + example
              : "the condition library, the sum of an example's counts; add --condition library"));
    }
    this.shares = shares;
    this.elements = example.dimension(0);
  }

  @Override
  public List<Parameter> parameters() {
    return shares.parameters();
  }

  @Override
  public List<Network> networks() {
    return shares.networks();
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    Tensor decoded = shares.decode(z, conditions);
    Tensor logits = decoded.slice(1, 0, elements);
    Tensor logShares = logits.subtract(logits.reduce(Reduction.LOG_SUM_EXP, true, 1));
    Tensor logMeans = logShares.add(conditions.get(NAME).maximum(1).log());
    int all = decoded.shape().dimension(1);
    return all == elements ? logMeans : logMeans.concat(1, decoded.slice(1, elements, all));
  }
}

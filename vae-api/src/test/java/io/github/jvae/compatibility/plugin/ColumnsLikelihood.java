package io.github.jvae.compatibility.plugin;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;

/** Columns of a table: the first so many are binary, the others normal with a fixed deviation. */
public final class ColumnsLikelihood implements Likelihood {
  private final int binary;
  private final double sigma;

  public ColumnsLikelihood(int binary, double sigma) {
    this.binary = binary;
    this.sigma = sigma;
  }

  @Override
  public void check(HostTensor examples) {
    int columns = examples.shape().dimension(1);
    for (int i = 0; i < examples.data().length; i++) {
      float value = examples.data()[i];
      if (i % columns < binary && value != 0 && value != 1) {
        throw new VaeException("likelihood binary-columns needs 0 or 1 in column " + i % columns
            + ", but there is " + value + "; give binary columns first, and their number");
      }
    }
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  private Tensor split(Tensor table, Tensor first, Tensor rest) {
    int columns = table.shape().dimension(1);
    return first.slice(1, 0, binary).concat(1, rest.slice(1, binary, columns));
  }

  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    Tensor bernoulli = in.x().multiply(decoded).subtract(decoded.softplus());
    Tensor normal = in.x()
        .subtract(decoded)
        .square()
        .multiply(-0.5 / (sigma * sigma))
        .subtract(Math.log(sigma) + 0.5 * Math.log(2 * Math.PI));
    return in.sum(split(decoded, bernoulli, normal));
  }

  @Override
  public Tensor mean(Tensor decoded) {
    return split(decoded, decoded.sigmoid(), decoded);
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    return split(decoded, decoded.sigmoid().greater(uniform), decoded.add(normal.multiply(sigma)));
  }
}

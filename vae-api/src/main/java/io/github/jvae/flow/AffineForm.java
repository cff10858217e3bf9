package io.github.jvae.flow;

import io.github.jvae.model.Activation;
import io.github.jvae.tensor.Tensor;

/** What an affine map with a network for its scale and shift does far from all it has learnt of. */
public enum AffineForm {
  /**
   * {@code y = e^s x + t} with {@code |s| < 3}, of a network of ELUs. Its t grows with what it is
   * made of, and the inverse multiplies it by up to e³: where elements are found one after another,
   * a draw that strays by a little may stray by e³ times as much with each element that follows.
   */
  FREE(Activation.ELU) {
    @Override
    Affine affine(Tensor free, Tensor shift) {
      return new Affine(free.divide(LARGEST).tanh().multiply(LARGEST), shift);
    }
  },

  /**
   * {@code x = e^-s y + m} with {@code -1 < s < 3}, of a network of tanh, so that s and m are
   * bounded wherever they are made: for vectors at most r long in any element, none that the
   * inverse makes is longer than {@code e r + max |m|}, however many elements there are. A bounded
   * scale that is not symmetric is what Behrmann et al. propose ("Understanding and mitigating
   * exploding inverses in invertible neural networks", 2021); m outside of the product is how
   * Papamakarios et al. write the flow ("Masked autoregressive flow for density estimation", 2017).
   */
  BOUNDED(Activation.TANH) {
    @Override
    Affine affine(Tensor free, Tensor shift) {
      double width = LARGEST + LEAST;
      // It is 0 at 0, with a slope of 1.
      Tensor logScale = free.multiply(width / (LARGEST * LEAST))
          .subtract(Math.log(LARGEST / LEAST))
          .sigmoid()
          .multiply(width)
          .subtract(LEAST);
      return new Affine(logScale, shift.negate().multiply(logScale.exp()));
    }
  };

  /** The bound of s: some layers together still scale by any factor, and none overflows. */
  private static final double LARGEST = 3;

  /** The bound of -s where there is another. */
  private static final double LEAST = 1;

  private final Activation activation;

  AffineForm(Activation activation) {
    this.activation = activation;
  }

  /** Returns the function between the layers of the network. */
  Activation activation() {
    return activation;
  }

  /**
   * Records a map.
   *
   * @param free what the network makes for s, [B, L], of any size
   * @param shift what it makes for t or m, [B, L]
   */
  abstract Affine affine(Tensor free, Tensor shift);
}

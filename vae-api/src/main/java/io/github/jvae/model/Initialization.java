package io.github.jvae.model;

/** How the first weights and biases of a network's layers are made. */
public enum Initialization {
  /** PyTorch's default: weights and biases uniform within {@code 1/√fanIn}. */
  FAN_IN {
    @Override
    Initializer weight(int fanIn, int fanOut) {
      return Initializer.fanIn(fanIn);
    }

    @Override
    Initializer bias(int fanIn) {
      return Initializer.fanIn(fanIn);
    }
  },

  /**
   * Weights uniform within {@code √(6 / (fanIn + fanOut))}, biases 0 (Glorot and Bengio,
   * "Understanding the difficulty of training deep feedforward neural networks", 2010).
   */
  GLOROT {
    @Override
    Initializer weight(int fanIn, int fanOut) {
      return new Initializer.Uniform(Math.sqrt(6.0 / ((double) fanIn + fanOut)));
    }

    @Override
    Initializer bias(int fanIn) {
      return new Initializer.Constant(0);
    }
  };

  /**
   * The weight's.
   *
   * @param fanIn the inputs that each output sees
   * @param fanOut the outputs that each input is seen by
   */
  abstract Initializer weight(int fanIn, int fanOut);

  /**
   * The bias'.
   *
   * @param fanIn the inputs that each output sees
   */
  abstract Initializer bias(int fanIn);
}

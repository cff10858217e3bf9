package io.github.jvae.reference;

/** One step of a recorded computation, on row-major doubles. */
interface Operation {

  /** The value, given those of the operands. */
  double[] forward(StepInputs feed, double[][] operands);

  /**
   * Adds this step's share to the gradients of its operands.
   *
   * @param operands their values
   * @param value what {@link #forward} made of them
   * @param gradient of the loss with respect to {@code value}
   * @param gradients of the loss with respect to each operand, to add to
   */
  void backward(double[][] operands, double[] value, double[] gradient, double[][] gradients);

  /** Whether a gradient can pass: variables behind what none passes are not trained. */
  default boolean passesGradient() {
    return true;
  }

  /** What a computation is given from outside when it runs. */
  interface StepInputs {
    /** The numbers of an input. */
    double[] input(int index);

    /** The numbers of a variable. */
    double[] variable(String name);
  }

  /** A step without operands. */
  interface Source extends Operation {
    /** The value. */
    double[] value(StepInputs feed);

    @Override
    default double[] forward(StepInputs feed, double[][] operands) {
      return value(feed);
    }

    @Override
    default void backward(
        double[][] operands, double[] value, double[] gradient, double[][] gradients) {}
  }
}

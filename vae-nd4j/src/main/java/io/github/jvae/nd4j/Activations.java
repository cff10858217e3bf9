package io.github.jvae.nd4j;

import io.github.jvae.model.Activation;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.UnaryOperation;

/** Activation functions, each a step of its own with its own gradient. */
final class Activations {
  private static final float SLOPE = (float) Activation.LEAKY_SLOPE;
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double NORMAL_DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

  private static final TileFunction LEAKY_RELU = TileFunction.of(x -> x > 0 ? x : SLOPE * x);
  private static final TileFunction LEAKY_RELU_GRADIENT =
      TileFunction.of((y, g) -> y > 0 ? g : SLOPE * g);
  private static final TileFunction GELU =
      TileFunction.of(x -> (float) (x * normalDistribution(x)));
  private static final TileFunction GELU_GRADIENT =
      TileFunction.of((x, g) -> (float) (g * (normalDistribution(x) + x * normalDensity(x))));

  private Activations() {}

  static Value record(Recording recording, Activation function, Value x) {
    return switch (function) {
      case RELU -> Functions.record(recording, UnaryOperation.RELU, x);
      case TANH -> Functions.record(recording, UnaryOperation.TANH, x);
      case SIGMOID -> Functions.record(recording, UnaryOperation.SIGMOID, x);
      case SOFTPLUS -> Functions.record(recording, UnaryOperation.SOFTPLUS, x);
      case LEAKY_RELU ->
        recording.add(
            Elementwise.of(LEAKY_RELU, Functions.ofResult(LEAKY_RELU_GRADIENT), x.shape(), x));
      case ELU ->
        recording.add(Elementwise.of(
            TileFunctions.ELU, Functions.ofResult(TileFunctions.ELU_GRADIENT), x.shape(), x));
      case GELU ->
        recording.add(Elementwise.of(GELU, Functions.ofOperand(GELU_GRADIENT), x.shape(), x));
      case SILU ->
        Arithmetic.record(
            recording,
            BinaryOperation.MULTIPLY,
            x,
            Functions.record(recording, UnaryOperation.SIGMOID, x));
    };
  }

  private static double normalDistribution(double x) {
    return 0.5 * (1 + ErrorFunction.erf(x * ROOT_HALF));
  }

  private static double normalDensity(double x) {
    return NORMAL_DENSITY_AT_0 * Math.exp(-0.5 * x * x);
  }
}

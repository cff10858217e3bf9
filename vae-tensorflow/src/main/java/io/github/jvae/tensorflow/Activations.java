package io.github.jvae.tensorflow;

import io.github.jvae.model.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Scope;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.math.Erf;
import org.tensorflow.op.math.Mul;
import org.tensorflow.op.math.Sigmoid;
import org.tensorflow.op.math.Softplus;
import org.tensorflow.op.math.Tanh;
import org.tensorflow.op.nn.Elu;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.op.nn.Relu;
import org.tensorflow.types.TFloat32;

/** Activation functions in native operations. */
final class Activations {
  private Activations() {}

  static Operand<TFloat32> record(TensorFlowTrace trace, Activation function, Operand<TFloat32> x) {
    Scope scope = trace.scope();
    return switch (function) {
      case RELU -> Relu.create(scope, x);
      case TANH -> Tanh.create(scope, x);
      case SIGMOID -> Sigmoid.create(scope, x);
      case SOFTPLUS -> Softplus.create(scope, x);
      case LEAKY_RELU ->
        LeakyRelu.create(scope, x, LeakyRelu.alpha((float) Activation.LEAKY_SLOPE));
      case ELU -> Elu.create(scope, x);
      case GELU -> gelu(trace, x);
      case SILU -> Mul.create(scope, x, Sigmoid.create(scope, x));
    };
  }

  /** {@code x/2 · (1 + erf(x/√2))}: the engine has no exact one. */
  private static Operand<TFloat32> gelu(TensorFlowTrace trace, Operand<TFloat32> x) {
    Scope scope = trace.scope();
    Operand<TFloat32> erf = Erf.create(scope, Mul.create(scope, x, trace.number(Math.sqrt(0.5))));
    return Mul.create(
        scope, Mul.create(scope, x, trace.number(0.5)), Add.create(scope, erf, trace.number(1)));
  }
}

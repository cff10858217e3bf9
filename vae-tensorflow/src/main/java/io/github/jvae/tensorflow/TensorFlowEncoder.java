package io.github.jvae.tensorflow;

import io.github.jvae.model.Architecture;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The encoder's layers and its two heads, in native operations. */
final class TensorFlowEncoder implements Encoder {
  private final Architecture architecture;
  private final NetworkPlan plan;
  private final Dense mean;
  private final Dense logVariance;

  TensorFlowEncoder(Architecture architecture) {
    this.architecture = architecture;
    this.plan = NetworkPlanner.plan(architecture.encoder());
    this.mean = new Dense(architecture.mean(), plan.outputPixels(), null);
    this.logVariance = new Dense(architecture.logVariance(), plan.outputPixels(), null);
  }

  Map<String, Layout> layouts() {
    Map<String, Layout> result = new LinkedHashMap<>(plan.layouts());
    result.putAll(mean.layouts());
    result.putAll(logVariance.layouts());
    return result;
  }

  @Override
  public List<Parameter> parameters() {
    return architecture.encoderParameters();
  }

  @Override
  public Posterior encode(Inputs in) {
    Tensor x = in.x();
    TensorFlowTensor input = TensorFlowTensor.require("encoder", x, architecture.input());
    TensorFlowTrace trace = input.recording();
    int batch = x.shape().dimension(0);
    Operand<TFloat32> features = plan.record(trace, input);
    Shape latent = Shape.of(batch, architecture.latent());
    return new DiagonalGaussian(
        trace.tensor(latent, mean.record(trace, features, batch)),
        trace.tensor(latent, logVariance.record(trace, features, batch)));
  }
}

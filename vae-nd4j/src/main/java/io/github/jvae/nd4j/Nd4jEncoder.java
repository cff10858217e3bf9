package io.github.jvae.nd4j;

import io.github.jvae.model.Architecture;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The encoder's layers and its two heads, in native operations. */
final class Nd4jEncoder implements Encoder {
  private final Architecture architecture;
  private final NetworkPlan plan;
  private final Dense mean;
  private final Dense logVariance;

  Nd4jEncoder(Architecture architecture) {
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
    Nd4jTensor input = Nd4jTensor.require("encoder", x, architecture.input());
    Nd4jTrace trace = input.recordingTrace();
    int batch = x.shape().dimension(0);
    Value features = plan.record(input);
    return new DiagonalGaussian(
        trace.tensor(mean.record(trace, features, batch)),
        trace.tensor(logVariance.record(trace, features, batch)));
  }
}

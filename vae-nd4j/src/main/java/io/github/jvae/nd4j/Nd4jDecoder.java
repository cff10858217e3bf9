package io.github.jvae.nd4j;

import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The decoder's layers, in native operations. */
final class Nd4jDecoder implements Decoder {
  private final Architecture architecture;
  private final NetworkPlan plan;

  Nd4jDecoder(Architecture architecture) {
    this.architecture = architecture;
    this.plan = NetworkPlanner.plan(architecture.decoder());
  }

  Map<String, Layout> layouts() {
    return plan.layouts();
  }

  @Override
  public List<Parameter> parameters() {
    return architecture.decoderParameters();
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    Nd4jTensor input = Nd4jTensor.require("decoder", z, Shape.of(architecture.latent()));
    Nd4jTrace trace = input.recordingTrace();
    Value decoded = plan.record(input);
    Shape shape = architecture.decoder().output().prepend(z.shape().dimension(0));
    return plan.channelsLastOutput()
        ? Nd4jTensor.channelsLast(trace, decoded)
        : trace.tensor(decoded.reshape(shape));
  }
}

package io.github.jvae.tensorflow;

import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The decoder's layers, in native operations. */
final class TensorFlowDecoder implements Decoder {
  private final Architecture architecture;
  private final NetworkPlan plan;

  TensorFlowDecoder(Architecture architecture) {
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
    TensorFlowTensor input =
        TensorFlowTensor.require("decoder", z, Shape.of(architecture.latent()));
    TensorFlowTrace trace = input.recording();
    Operand<TFloat32> decoded = plan.record(trace, input);
    Shape shape = architecture.decoder().output().prepend(z.shape().dimension(0));
    return plan.channelsLastOutput()
        ? TensorFlowTensor.channelsLast(trace, shape, decoded)
        : trace.tensor(shape, decoded);
  }
}

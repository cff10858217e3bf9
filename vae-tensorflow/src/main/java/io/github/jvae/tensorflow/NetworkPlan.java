package io.github.jvae.tensorflow;

import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network in native operations, with the layouts in which it likes its variables.
 *
 * @param steps the operations, in order
 * @param layouts by variable name
 * @param channelsLastInput whether the input is wanted as [B, H, W, C]
 * @param channelsLastOutput whether the output is [B, H, W, C]
 * @param outputPixels if the output is a vector of an image's pixels in [H, W, C] order, its [C, H,
 *     W]; else null
 */
record NetworkPlan(
    List<Step> steps,
    Map<String, Layout> layouts,
    boolean channelsLastInput,
    boolean channelsLastOutput,
    @Nullable Shape outputPixels) {

  /** Records one operation, or a few that belong together. */
  interface Step {
    Operand<TFloat32> record(TensorFlowTrace trace, Operand<TFloat32> x, int batch);
  }

  Operand<TFloat32> record(TensorFlowTrace trace, TensorFlowTensor input) {
    Operand<TFloat32> value = channelsLastInput ? input.unwrapChannelsLast() : input.unwrap();
    for (Step step : steps) {
      value = step.record(trace, value, input.shape().dimension(0));
    }
    return value;
  }
}

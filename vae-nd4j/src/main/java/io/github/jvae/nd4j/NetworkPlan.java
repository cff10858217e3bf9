package io.github.jvae.nd4j;

import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    Value record(Nd4jTrace trace, Value x, int batch);
  }

  Value record(Nd4jTensor input) {
    Value value = channelsLastInput ? input.channelsLast() : input.value();
    for (Step step : steps) {
      value = step.record(input.recordingTrace(), value, input.shape().dimension(0));
    }
    return value;
  }
}

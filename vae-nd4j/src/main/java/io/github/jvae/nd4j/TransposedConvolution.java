package io.github.jvae.nd4j;

import io.github.jvae.tensor.Shape;
import java.util.List;

/** A transposed convolution of [B, h, w, in] with a kernel [in, out, height, width]. */
final class TransposedConvolution extends NativeOperation {
  private final Window window;

  private TransposedConvolution(Value image, Value kernel, Shape result, Window window) {
    super("deconv2d", window.settings(), List.of(image, kernel), List.of(Value.of(result)));
    this.window = window;
  }

  /** @param result what it makes; may have fewer rows and columns than a stride more than needed */
  static Value record(Recording recording, Value image, Value kernel, Shape result, Window window) {
    return SubpixelConvolution.suits(window, result)
        ? SubpixelConvolution.record(recording, image, kernel, result, window)
        : recording.add(new TransposedConvolution(image, kernel, result, window));
  }

  @Override
  void differentiate(Gradients gradients) {
    differentiate(gradients, window, operand(0), operand(1), result());
  }

  /** The gradients of image and kernel, however the result was computed. */
  static void differentiate(
      Gradients gradients, Window window, Value image, Value kernel, Value result) {
    ConvolutionGradient pass = ConvolutionGradient.transposed(
        gradients.recording(), window, image, kernel, gradients.require(result));
    gradients.add(image, pass::ofImage);
    gradients.add(kernel, pass::ofKernel);
  }
}

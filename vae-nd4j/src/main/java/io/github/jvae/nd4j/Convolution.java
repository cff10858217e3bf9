package io.github.jvae.nd4j;

import io.github.jvae.tensor.Shape;
import java.util.List;

/**
 * A convolution of [B, H, W, in] with a kernel [out, in, height, width], without bias: ND4J adds
 * one several times more slowly than a step of its own.
 */
final class Convolution extends NativeOperation {
  private final Window window;

  private Convolution(Value image, Value kernel, Shape result, Window window) {
    super("conv2d", window.settings(), List.of(image, kernel), List.of(Value.of(result)));
    this.window = window;
  }

  static Value record(Recording recording, Value image, Value kernel, Shape result, Window window) {
    return recording.add(new Convolution(image, kernel, result, window));
  }

  @Override
  void differentiate(Gradients gradients) {
    Value image = operand(0);
    Value kernel = operand(1);
    Value gradient = gradients.require(result());
    // As a transposed convolution of the gradient, whose gradient is the image: gives the same
    // gradient of the kernel, and spares that of the image, which takes most of the time.
    Recording recording = gradients.recording();
    ConvolutionGradient pass = gradients.wants(image)
        ? ConvolutionGradient.plain(recording, window, image, kernel, gradient)
        : ConvolutionGradient.transposed(recording, window, gradient, kernel, image);
    gradients.add(image, pass::ofImage);
    gradients.add(kernel, pass::ofKernel);
  }
}

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
    return recording.add(new TransposedConvolution(image, kernel, result, window));
  }

  @Override
  void differentiate(Gradients gradients) {
    if (window.fits(operand(0).shape(), result().shape())) {
      ConvolutionGradient pass = new ConvolutionGradient(
          "deconv2d_bp", window, operand(0), operand(1), gradients.require(result()));
      gradients.recording().add(pass);
      gradients.add(operand(0), pass::ofImage);
      gradients.add(operand(1), pass::ofKernel);
    } else {
      differentiateAsConvolution(gradients);
    }
  }

  /** ND4J's own gradient refuses a larger result; that of the matching convolution does not. */
  private void differentiateAsConvolution(Gradients gradients) {
    Recording recording = gradients.recording();
    Value image = operand(0);
    Value kernel = operand(1);
    Value gradient = gradients.require(result());
    gradients.add(
        image, () -> Convolution.record(recording, gradient, kernel, image.shape(), window));
    gradients.add(kernel, () -> {
      ConvolutionGradient pass =
          new ConvolutionGradient("conv2d_bp", window, gradient, kernel, image);
      recording.add(pass);
      return pass.ofKernel();
    });
  }
}

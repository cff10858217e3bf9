package io.github.jvae.nd4j;

import java.util.List;

/** The gradients of a convolution of either kind, of its image and of its kernel. */
final class ConvolutionGradient extends NativeOperation {

  /** @param name ND4J's, of the convolution's kind */
  ConvolutionGradient(String name, Window window, Value image, Value kernel, Value gradient) {
    super(
        name,
        window.settings(),
        List.of(image, kernel, gradient),
        List.of(Value.of(image.shape()), Value.of(kernel.shape())));
  }

  Value ofImage() {
    return results().get(0);
  }

  Value ofKernel() {
    return results().get(1);
  }

  @Override
  void differentiate(Gradients gradients) {
    throw new IllegalStateException("a gradient is not differentiated again");
  }
}

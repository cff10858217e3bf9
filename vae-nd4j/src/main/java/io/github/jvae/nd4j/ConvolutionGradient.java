package io.github.jvae.nd4j;

import java.util.List;

/** The gradients of a convolution of either kind, of its image and of its kernel. */
final class ConvolutionGradient extends NativeOperation {

  private ConvolutionGradient(
      String name, Window window, Value image, Value kernel, Value gradient) {
    super(
        name,
        window.settings(),
        List.of(image, kernel, gradient),
        List.of(Value.of(image.shape()), Value.of(kernel.shape())));
  }

  /**
   * Records the gradients of a transposed convolution.
   *
   * @param smaller its image, [B, h, w, in]
   * @param kernel [in, out, height, width]
   * @param larger the gradient of its result, [B, H, W, out]; needs no gradient itself
   */
  static ConvolutionGradient transposed(
      Recording recording, Window window, Value smaller, Value kernel, Value larger) {
    boolean fits = window.fits(smaller.shape(), larger.shape());
    // ND4J refuses a result with rows or columns that no window, or only its padding, reaches.
    ConvolutionGradient pass = new ConvolutionGradient(
        "deconv2d_bp",
        fits ? window : window.withoutPadding(),
        smaller,
        kernel,
        fits ? larger : Frame.record(recording, larger, smaller.shape(), window));
    recording.add(pass);
    return pass;
  }

  /** Records the gradients of a convolution: image [B, H, W, in], gradient [B, h, w, out]. */
  static ConvolutionGradient plain(
      Recording recording, Window window, Value image, Value kernel, Value gradient) {
    ConvolutionGradient pass =
        new ConvolutionGradient("conv2d_bp", window, image, kernel, gradient);
    recording.add(pass);
    return pass;
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

package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.record.Gradients;
import io.github.jvae.nd4j.record.Recording;
import io.github.jvae.nd4j.record.Value;
import io.github.jvae.tensor.Shape;
import java.util.List;

/**
 * A convolution of images, or a transposed one, without bias: ND4J adds one several times more
 * slowly than a step of its own.
 */
public final class Convolution extends NativeOperation {
  private final boolean transposed;
  private final Window window;

  private Convolution(boolean transposed, Value image, Value kernel, Shape result, Window window) {
    super(
        transposed ? "deconv2d" : "conv2d",
        window.settings(),
        List.of(image, kernel),
        List.of(Value.of(result)));
    this.transposed = transposed;
    this.window = window;
  }

  /**
   * Records a convolution.
   *
   * @param image [B, H, W, in]
   * @param kernel [out, in, height, width]
   * @param result [B, h, w, out]
   */
  public static Value record(
      Recording recording, Value image, Value kernel, Shape result, Window window) {
    return window.isPixel()
        ? ofPixels(recording, image, kernel, result)
        : recording.add(new Convolution(false, image, kernel, result, window));
  }

  /** A product of matrices, with a pixel in each row. */
  private static Value ofPixels(Recording recording, Value image, Value kernel, Shape result) {
    int in = kernel.shape().dimension(1);
    int out = kernel.shape().dimension(0);
    Value pixels = image.reshape(Shape.of(image.size() / in, in));
    Value weights = kernel.reshape(Shape.of(out, in));
    return MatrixProduct.record(recording, pixels, weights, false, true).reshape(result);
  }

  /**
   * Records a transposed convolution.
   *
   * @param image [B, h, w, in]
   * @param kernel [in, out, height, width]
   * @param result [B, H, W, out]; may have fewer rows and columns than a stride more than needed
   */
  public static Value recordTransposed(
      Recording recording, Value image, Value kernel, Shape result, Window window) {
    return SubpixelConvolution.suits(window, result)
        ? SubpixelConvolution.record(recording, image, kernel, result, window)
        : recording.add(new Convolution(true, image, kernel, result, window));
  }

  @Override
  protected void differentiate(Gradients gradients) {
    Value image = operand(0);
    Value kernel = operand(1);
    if (transposed) {
      differentiateTransposed(gradients, window, image, kernel, result());
      return;
    }
    Value gradient = gradients.require(result());
    if (gradients.wants(image)) {
      Gradient plain = new Gradient("conv2d_bp", window, image, kernel, gradient);
      gradients.recording().add(plain);
      plain.addTo(gradients, image, kernel);
    } else {
      // As a transposed convolution of the gradient, whose gradient is the image: gives the same
      // gradient of the kernel, and spares that of the image, which takes most of the time.
      Gradient pass = ofTransposed(gradients.recording(), window, gradient, kernel, image);
      gradients.add(kernel, pass::ofKernel);
    }
  }

  /** Adds the gradients of image and kernel of a transposed one, however it was computed. */
  static void differentiateTransposed(
      Gradients gradients, Window window, Value image, Value kernel, Value result) {
    ofTransposed(gradients.recording(), window, image, kernel, gradients.require(result))
        .addTo(gradients, image, kernel);
  }

  /**
   * Records the gradients of a transposed convolution.
   *
   * @param smaller its image
   * @param larger the gradient of its result; needs no gradient itself
   */
  private static Gradient ofTransposed(
      Recording recording, Window window, Value smaller, Value kernel, Value larger) {
    boolean fits = window.fits(smaller.shape(), larger.shape());
    // ND4J refuses a result with rows or columns that no window, or only its padding, reaches.
    Gradient pass = new Gradient(
        "deconv2d_bp",
        fits ? window : window.withoutPadding(),
        smaller,
        kernel,
        fits ? larger : Frame.record(recording, larger, smaller.shape(), window));
    recording.add(pass);
    return pass;
  }

  /** The gradients of a convolution of either kind, of its image and of its kernel. */
  private static final class Gradient extends NativeOperation {

    Gradient(String name, Window window, Value image, Value kernel, Value gradient) {
      super(
          name,
          window.settings(),
          List.of(image, kernel, gradient),
          List.of(Value.of(image.shape()), Value.of(kernel.shape())));
    }

    void addTo(Gradients gradients, Value image, Value kernel) {
      gradients.add(image, this::result);
      gradients.add(kernel, this::ofKernel);
    }

    Value ofKernel() {
      return results().get(1);
    }

    @Override
    protected void differentiate(Gradients gradients) {
      throw new IllegalStateException("a gradient is not differentiated again");
    }
  }
}

package io.github.jvae.backend.support;

import io.github.jvae.model.Places;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Convolutions along a series, as products of matrices. */
final class SeriesConvolution {
  private SeriesConvolution() {}

  /**
   * Records a convolution: the windows' numbers lie side by side, so that one product makes all.
   *
   * @param x [B, in, L]
   * @param weight [out, in, kernel]
   * @param length of what is made
   * @return [B, out, length]
   */
  static Tensor of(Tensor x, Tensor weight, int stride, int padding, int length) {
    int batch = x.shape().dimension(0);
    int in = x.shape().dimension(1);
    int out = weight.shape().dimension(0);
    int kernel = weight.shape().dimension(2);
    int steps = divideUp((length - 1) * stride + kernel, stride);
    Tensor byPhase = padded(x, padding, steps * stride).reshape(batch, in, steps, stride);
    List<Tensor> places = new ArrayList<>();
    for (int place = 0; place < kernel; place++) {
      int first = place / stride;
      Tensor phase = byPhase.slice(3, place % stride, place % stride + 1);
      places.add(phase.slice(2, first, first + length));
    }
    Tensor windows =
        Places.joined(3, places).transpose(0, 2, 1, 3).reshape(batch * length, in * kernel);
    return windows
        .matmul(weight.reshape(out, in * kernel).transpose(1, 0))
        .reshape(batch, length, out)
        .transpose(0, 2, 1);
  }

  /**
   * Records a transposed convolution: what each number makes is added where it lies.
   *
   * @param x [B, in, L]
   * @param weight [in, out, kernel]
   * @param length of what is made
   * @return [B, out, length]
   */
  static Tensor transposed(Tensor x, Tensor weight, int stride, int padding, int length) {
    int batch = x.shape().dimension(0);
    int in = x.shape().dimension(1);
    int given = x.shape().dimension(2);
    int out = weight.shape().dimension(1);
    int kernel = weight.shape().dimension(2);
    Tensor made = x.transpose(0, 2, 1)
        .reshape(batch * given, in)
        .matmul(weight.reshape(in, out * kernel))
        .reshape(batch, given, out, kernel)
        .transpose(0, 2, 1, 3);
    int steps = Math.max(given + (kernel - 1) / stride, divideUp(padding + length, stride));
    List<Tensor> phases = new ArrayList<>();
    for (int phase = 0; phase < stride; phase++) {
      Tensor sum = zeros(made, batch, out, steps, 1);
      for (int place = phase; place < kernel; place += stride) {
        Tensor one = made.slice(3, place, place + 1);
        sum = sum.add(moved(one, place / stride, steps));
      }
      phases.add(sum);
    }
    return Places.joined(3, phases)
        .reshape(batch, out, steps * stride)
        .slice(2, padding, padding + length);
  }

  private static int divideUp(int number, int by) {
    return (number - 1) / by + 1;
  }

  /** A series with zeros before and after it, or cut, to be so long. */
  private static Tensor padded(Tensor x, int before, int length) {
    int kept = Math.min(x.shape().dimension(2), length - before);
    Tensor series = x.slice(2, 0, kept);
    int[] extents = x.shape().toArray();
    List<Tensor> parts = new ArrayList<>();
    if (before > 0) {
      parts.add(zeros(x, extents[0], extents[1], before));
    }
    parts.add(series);
    if (length > before + kept) {
      parts.add(zeros(x, extents[0], extents[1], length - before - kept));
    }
    return Places.joined(2, parts);
  }

  /** [B, out, given, 1] some places further on, of so many. */
  private static Tensor moved(Tensor one, int by, int steps) {
    Tensor series = one.reshape(
        one.shape().dimension(0), one.shape().dimension(1), one.shape().dimension(2));
    return padded(series, by, steps).reshape(one.shape().with(2, steps));
  }

  private static Tensor zeros(Tensor like, int... extents) {
    return like.trace().constant(HostTensor.zeros(Shape.of(extents)));
  }
}

package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Model;
import io.github.jvae.model.Posterior;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;

/**
 * Encodes, decodes and samples with a model. Each method takes a whole batch of any size, computed
 * in a few sizes that are each recorded once and replayed from then on ({@link RowBlocks}). Any
 * number of threads may use it at once; they take turns.
 */
public final class Inference implements AutoCloseable {
  private final ModelRuntime runtime;
  private final RowBlocks encode;
  private final RowBlocks decode;
  private final RowBlocks draw;
  private final RowBlocks prior;

  /** Prepares the computations; nothing is recorded yet. */
  public Inference(ModelRuntime runtime) {
    this.runtime = runtime;
    Model model = runtime.model();
    Likelihood likelihood = model.likelihood();
    this.encode = compile((trace, inputs) -> {
      Posterior posterior = model.encode(inputs.get(0));
      if (!(posterior instanceof DiagonalGaussian gaussian)) {
        throw new VaeException(
            "encoder " + model.encoder().name() + " has no log-variances to show");
      }
      return List.of(gaussian.mean(), gaussian.logVariance());
    });
    this.decode = compile((trace, inputs) -> List.of(likelihood.mean(model.decode(inputs.get(0)))));
    this.draw = compile((trace, inputs) ->
        List.of(likelihood.sample(model.decode(inputs.get(0)), inputs.get(1), inputs.get(2))));
    this.prior = compile((trace, inputs) -> List.of(model.prior().sample(inputs.get(0))));
  }

  private RowBlocks compile(Computation computation) {
    return new RowBlocks(runtime.backend().compile(Computation.of(Examples.APART, computation)));
  }

  /**
   * The posteriors of images.
   *
   * @param images [B, C, H, W] in [0, 1]
   * @throws VaeException if the shape is not the model's, or a pixel is not a finite number
   */
  public Encoding encode(HostTensor images) {
    List<HostTensor> result = encode.run(requireImages(images));
    return new Encoding(result.get(0), result.get(1));
  }

  /**
   * The expected images of latent vectors.
   *
   * @param latents [B, L]
   * @return [B, C, H, W]
   * @throws VaeException if the shape is not the model's
   */
  public HostTensor decode(HostTensor latents) {
    return decode.run(requireLatents(latents)).get(0);
  }

  /**
   * Images through the posterior's mean and back.
   *
   * @param images [B, C, H, W] in [0, 1]
   * @return [B, C, H, W]
   * @throws VaeException if the shape is not the model's, or a pixel is not a finite number
   */
  public HostTensor reconstruct(HostTensor images) {
    return decode(encode(images).mean());
  }

  /**
   * Latent vectors from the prior.
   *
   * @return [count, L]
   */
  public HostTensor sampleLatents(int count, long seed) {
    int size = runtime.model().prior().noiseSize(runtime.architecture().latent());
    HostTensor noise = HostTensor.zeros(Shape.of(count, size));
    RandomStream.of(seed).child("sample").fillGaussian(noise.data());
    return prior.run(noise).get(0);
  }

  /**
   * The expected images of latent vectors from the prior: what is usually shown as a sample.
   *
   * @return [count, C, H, W]
   */
  public HostTensor sample(int count, long seed) {
    return decode(sampleLatents(count, seed));
  }

  /**
   * Images drawn from the model, pixel noise included.
   *
   * @return [count, C, H, W]
   */
  public HostTensor sampleWithPixelNoise(int count, long seed) {
    HostTensor latents = sampleLatents(count, seed);
    Shape images = runtime.architecture().input().prepend(count);
    HostTensor uniform = HostTensor.zeros(images);
    HostTensor normal = HostTensor.zeros(images);
    // Half a step above 0, so that a logarithm of it stays finite.
    RandomStream.of(seed).child("pixels").fillUniform(uniform.data(), 0x1p-25, 1 - 0x1p-24);
    RandomStream.of(seed).child("pixel noise").fillGaussian(normal.data());
    return draw.run(latents, uniform, normal).get(0);
  }

  private HostTensor requireImages(HostTensor images) {
    new ImageCheck(runtime).requireShape(images);
    return images;
  }

  private HostTensor requireLatents(HostTensor latents) {
    int wanted = runtime.architecture().latent();
    if (latents.shape().rank() != 2 || latents.shape().dimension(1) != wanted) {
      throw new VaeException(
          "the model takes latent vectors [batch, " + wanted + "], not " + latents.shape());
    }
    return latents;
  }

  @Override
  public void close() {
    encode.close();
    decode.close();
    draw.close();
    prior.close();
  }
}

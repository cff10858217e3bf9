package io.github.jvae.djl;

import ai.djl.nn.Block;
import io.github.jvae.backend.support.EngineTensor;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A DJL block as the body of an encoder: a pretrained network, say, that DJL's model zoo or a
 * TorchScript file has brought. The block makes features of the images and is not trained; the two
 * heads that make the posterior of the features are.
 *
 * <p>The block stays the caller's, who loads it, initialises it on PyTorch and closes it, after the
 * backend. It takes [B, channels, height, width] of 32-bit floats from 0 to 1 and returns one array
 * [B, features]; what else it needs, such as other sizes or normalised colours, is a first block in
 * front of it. One backend at a time may use it.
 *
 * <p>A whole training, with a block {@code body} that makes {@code features} numbers of an image.
 * The architecture gives the decoder; the body takes the place of its encoder.
 *
 * <pre>{@code
 * Architecture networks =
 *     Architecture.mlp(NetworkShapes.of(images.shape(), 16), Activation.RELU, 256);
 * try (Backend backend = new DjlBackend(BackendOptions.defaults())) {
 *   Encoder encoder = new BlockEncoder(body, images.shape(), features, 16);
 *   Decoder decoder = new NetworkDecoder(networks.decoder());
 *   Model model = new Model(
 *       16, encoder, decoder, new StandardNormal(), Gaussian.fixed(0.1));
 *   ModelRuntime runtime = new ModelRuntime(
 *       backend, images.shape(), model, new Elbo(DivergenceForm.CLOSED_FORM));
 *   runtime.createVariables(1);
 *   new Trainer(runtime, TrainingOptions.defaults().withEpochs(5))
 *       .train(images);
 *   try (Inference inference = new Inference(runtime)) {
 *     HostTensor reconstructions = inference.reconstruct(images.test().tensor(0, 1, 2));
 *   }
 *   Safetensors.write(file, backend.variables().readAll(), Map.of());
 * }
 * }</pre>
 *
 * <p>The file then holds the heads and the decoder, to be read with
 * {@link io.github.jvae.checkpoint.Safetensors#read} and written back with
 * {@code backend.variables().writeAll}; the block is not in it.
 */
public final class BlockEncoder implements Encoder {
  private static final String MEAN = "encoder.mean";
  private static final String LOG_VARIANCE = "encoder.log_variance";

  private final Block block;
  private final Shape input;
  private final int features;
  private final int latent;

  /**
   * @param block the body
   * @param input one image, [channels, height, width]
   * @param features numbers that the block makes of an image
   * @param latent the extent of the latent vector
   */
  public BlockEncoder(Block block, Shape input, int features, int latent) {
    this.block = block;
    this.input = input;
    this.features = features;
    this.latent = latent;
  }

  /** The weights and biases of the two heads. */
  @Override
  public List<Parameter> parameters() {
    Initializer initializer = Initializer.fanIn(features);
    List<Parameter> result = new ArrayList<>();
    for (String head : List.of(MEAN, LOG_VARIANCE)) {
      result.add(new Parameter(head + ".weight", Shape.of(latent, features), initializer));
      result.add(new Parameter(head + ".bias", Shape.of(latent), initializer));
    }
    return result;
  }

  /** @throws VaeException if x is computed rather than given to the computation as it is */
  @Override
  public Posterior encode(Inputs in) {
    Tensor x = in.x();
    DjlTensor images = EngineTensor.require(DjlTensor.class, DjlModule.NAME, "encoder", x, input);
    DjlTrace trace = images.engineTrace();
    Shape batch = Shape.of(x.shape().dimension(0), features);
    DjlTensor made = trace.tensor(batch, trace.blockOutput(block, images.unwrap(), batch));
    return new DiagonalGaussian(head(MEAN, made), head(LOG_VARIANCE, made));
  }

  private DjlTensor head(String name, DjlTensor made) {
    DjlTrace trace = made.engineTrace();
    return trace.dense(made, trace.parameter(name + ".weight"), trace.parameter(name + ".bias"));
  }
}

package io.github.jvae.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.training.ParameterStore;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Inputs;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A DJL block as the body of an encoder")
final class BlockEncoderTest {
  private static final int FEATURES = 4;
  private static final Shape IMAGE = Shape.of(1, 2, 3);
  private static final HostTensor X =
      HostTensor.of(IMAGE.prepend(2), 0, .1f, .2f, .3f, .4f, .5f, .9f, .8f, .7f, .6f, .5f, .4f);

  private static Block network(NDManager manager) {
    Block block = new SequentialBlock()
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(FEATURES).build())
        .add(Activation::relu);
    block.initialize(manager, DataType.FLOAT32, Memory.shape(X.shape()));
    return block;
  }

  private static BlockEncoder create(DjlBackend backend, Block block, int features) {
    BlockEncoder encoder = new BlockEncoder(block, IMAGE, features, 2);
    encoder.parameters().forEach(p -> backend.variables().create(p, p.initialValue(3)));
    return encoder;
  }

  /** A loss, and the posterior's mean. */
  private static Computation loss(BlockEncoder encoder) {
    return (trace, in) -> {
      DiagonalGaussian posterior = (DiagonalGaussian) encoder.encode(new Inputs(in.get(0)));
      return List.of(
          posterior.mean().square().add(posterior.logVariance().square()).mean(), posterior.mean());
    };
  }

  private static float[] expectedMean(DjlBackend backend, float[] features) {
    float[] weight = backend.variables().read("encoder.mean.weight").data();
    float[] mean = new float[4];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = backend.variables().read("encoder.mean.bias").data()[i % 2];
      for (int f = 0; f < FEATURES; f++) {
        mean[i] += weight[i % 2 * FEATURES + f] * features[i / 2 * FEATURES + f];
      }
    }
    return mean;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected, Offset.offset(1e-6f));
  }

  @Test
  @DisplayName("stays as it is while the heads are trained, and leaves no arrays behind")
  void trainsHeads() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), PtEngine.ENGINE_NAME);
        DjlBackend backend = new DjlBackend(BackendOptions.defaults())) {
      Block block = network(manager);
      float[] features = block
          .forward(
              new ParameterStore(manager, false),
              new NDList(manager.create(X.data(), Memory.shape(X.shape()))),
              false)
          .head()
          .toFloatArray();
      BlockEncoder encoder = create(backend, block, FEATURES);
      try (TrainingStep step = backend.compileTraining(loss(encoder), Adam.defaults())) {
        int arrays = -1;
        float first = 0;
        for (int t = 0; t < 20; t++) {
          float[] expected = expectedMean(backend, features);
          List<HostTensor> results = step.run(0.05, X);
          assertClose(results.get(1).data(), expected);
          first = t == 0 ? results.get(0).item() : first;
          arrays = t == 1 ? arrays(backend) : arrays;
          if (t == 19) {
            assertThat(results.get(0).item()).isLessThan(first / 2);
            assertThat(arrays(backend)).isEqualTo(arrays);
          }
        }
      }
    }
  }

  private static int arrays(DjlBackend backend) {
    try (var any = backend.memory().allocate(Shape.scalar())) {
      return any.getManager().getManagedArrays().size();
    }
  }

  @Test
  @DisplayName("may be a TorchScript module")
  void torchScript() throws Exception {
    ScriptText text = new ScriptText().addArgument("x");
    text.add("body", "rows = torch.reshape(x, [-1, 6])");
    text.addReturn("torch.narrow(rows, 1, 1, 4)");
    try (DjlBackend backend = new DjlBackend(BackendOptions.defaults());
        Model model = Model.newInstance("body", Device.cpu(), PtEngine.ENGINE_NAME)) {
      model.load(new ByteArrayInputStream(ScriptArchive.of(text)), Map.of());
      BlockEncoder encoder = create(backend, model.getBlock(), FEATURES);
      float[] features = {.1f, .2f, .3f, .4f, .8f, .7f, .6f, .5f};
      assertClose(
          backend.evaluate(loss(encoder), X).get(1).data(), expectedMean(backend, features));
      assertThat(backend.compileGradients(loss(encoder)).run(X)).hasSize(2 + 4);
    }
  }

  @Test
  @DisplayName("takes images as they come, and makes the features that were promised")
  void mistakes() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), PtEngine.ENGINE_NAME);
        DjlBackend backend = new DjlBackend(BackendOptions.defaults())) {
      BlockEncoder encoder = create(backend, network(manager), FEATURES + 1);
      assertThatThrownBy(() -> backend.evaluate(loss(encoder), X))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("[2, 5]", "(2, 4)");
      assertThatThrownBy(() -> backend.evaluate(
              (trace, in) -> loss(encoder).record(trace, List.of(in.get(0).square())), X))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("DJL block");
    }
  }
}

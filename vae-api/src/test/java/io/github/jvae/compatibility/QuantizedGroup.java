package io.github.jvae.compatibility;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Capability;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.plugin.Kind;
import io.github.jvae.quantized.QuantizedModel;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Models with a codebook: what steps set beside what they move, codes and draws of them. */
abstract class QuantizedGroup extends CompatibilityGroup {
  /** The last step of an epoch is smaller. */
  private static final DataParts DATA = Shapes.generate(4, 40, 6);

  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatchSize(16);

  QuantizedGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static ComponentConfig vq(String codebook, String prior) {
    return ComponentConfig.of(QuantizedModel.NAME)
        .with("codes", 6)
        .with("groups", 4)
        .with("codebook", codebook)
        .with("code_prior", prior)
        .with("prior_hidden", 5);
  }

  @TestFactory
  @DisplayName("Two epochs, and then codes, divergences and draws, are the reference's")
  Stream<DynamicTest> trains() {
    return Stream.of("mlp, ema, autoregressive", "mlp, loss, uniform", "conv, ema, categorical")
        .map(words -> dynamicTest(words, () -> {
          assumeCapable(Capability.TRAINING);
          String[] word = words.split(", ", -1);
          Map<String, HostTensor> expected = made(new ReferenceModule(), word);
          Map<String, HostTensor> actual = made(kit().module(), word);
          expected.forEach((name, value) -> Closeness.checkVector(
              name,
              Objects.requireNonNull(actual.get(name)),
              Closeness.doubles(value),
              1e-3,
              1e-3));
        }));
  }

  /** The parameters after training, and what the model makes then. */
  private static Map<String, HostTensor> made(BackendModule engine, String... words) {
    Vae.Builder builder = Vae.builder()
        .backend(engine)
        .input(3, 32, 32)
        .latent(2)
        .gaussian(1)
        .component(Kind.MODEL, vq(words[1], words[2]));
    try (Vae vae = (words[0].equals("mlp") ? builder.mlp(5) : builder.conv(3, 3, 2)).build()) {
      vae.trainer(OPTIONS).train(DATA.train(), null);
      Map<String, HostTensor> made = new LinkedHashMap<>(vae.parameters());
      HostTensor images = HostTensor.zeros(DATA.shape().prepend(6));
      for (int i = 0; i < 6; i++) {
        DATA.test().read(i, images.data(), i * DATA.shape().size());
      }
      made.put("latent vectors", vae.encode(images).mean());
      made.put("reconstructions", vae.reconstruct(images));
      made.put("draws", vae.sample(5, 3));
      double kl = vae.evaluate(DATA.test(), 4, OPTIONS.transforms(), 1).kl();
      made.put("divergence", HostTensor.scalar(kl));
      return made;
    }
  }
}

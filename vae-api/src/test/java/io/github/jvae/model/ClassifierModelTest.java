package io.github.jvae.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.data.ArrayExamples;
import io.github.jvae.data.Labels;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.plugin.Kind;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.TrainingOptions;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A classifier")
class ClassifierModelTest {
  private static final int COUNT = 128;

  private static Vae.Builder builder() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .example(2)
        .latent(3)
        .component(Kind.MODEL, ComponentConfig.of(ClassifierModel.NAME));
  }

  /** Points on the left and on the right, of classes 0 and 2 of three. */
  private static ArrayExamples points() {
    float[] values = new float[2 * COUNT];
    RandomStream.of(3).fillGaussian(values);
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[2 * i] += i % 2 == 0 ? 4 : -4;
      labels[i] = i % 2 == 0 ? 0 : 2;
    }
    return ArrayExamples.floats("points", Shape.of(2), values)
        .with(Labels.of(ClassifierModel.LABEL, labels, 3));
  }

  @Test
  @DisplayName("learns classes that can be told apart: their log-probability goes to 0")
  void learns() {
    try (Vae vae = builder().condition(ClassifierModel.LABEL, 3).build()) {
      double before = vae.evaluate(points(), COUNT, Transforms.none(), 1).elbo();
      assertThat(before).isCloseTo(-Math.log(3), Offset.offset(0.7));
      vae.trainer(TrainingOptions.defaults().withEpochs(40).withBatchSize(32))
          .train(points(), points());
      assertThat(vae.evaluate(points(), COUNT, Transforms.none(), 1).elbo()).isBetween(-0.1, 0.0);
    }
  }

  @Test
  @DisplayName("makes no examples, and needs to be told the classes")
  void refused() {
    try (Vae vae = builder().condition(ClassifierModel.LABEL, 3).build()) {
      assertThatThrownBy(() ->
              vae.inference().sample(1, 1, Map.of("label", HostTensor.zeros(Shape.of(1, 3)))))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("a classifier makes no examples");
    }
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("add the condition label");
  }
}

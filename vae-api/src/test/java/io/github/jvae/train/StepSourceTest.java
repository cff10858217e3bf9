package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.Vae;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The feeds of a training")
final class StepSourceTest {
  private static final DataParts DATA = Shapes.generate(7, 40, 12);

  /** Three batches an epoch, the last one smaller. */
  private static final TrainingOptions OPTIONS = TrainingOptions.defaults()
      .withEpochs(2)
      .withBatchSize(16)
      .withLearningRate(Schedule.parseLearningRate("rate", "1e-2..1e-3@2"));

  private static Vae newVae() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .gaussian(0.5)
        .build();
  }

  @Test
  @DisplayName("give the losses of the trainer to whoever takes the steps")
  void sameAsTrainer() {
    List<Double> trained = new ArrayList<>();
    try (Vae vae = newVae()) {
      vae.trainer(OPTIONS)
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              trained.add(report.loss());
            }
          })
          .train(DATA.train(), null);
    }
    List<Double> taken = new ArrayList<>();
    try (Vae vae = newVae();
        TrainingStep step = new StepSource(vae.runtime(), OPTIONS, DATA.train()).compile()) {
      Iterator<StepInputs> feeds = new StepSource(vae.runtime(), OPTIONS, DATA.train()).endless();
      for (int i = 0; i < 6; i++) {
        taken.add((double) feeds.next().take(step).get(0).item());
      }
    }
    assertThat(taken).isEqualTo(trained);
  }

  @Test
  @DisplayName("without end have no plateau, as nobody judges their epochs")
  void noPlateau() {
    TrainingOptions plateau = OPTIONS.withKlWeight(Schedule.plateau(1, 0.5, 2, 0.1));
    try (Vae vae = newVae()) {
      StepSource source = new StepSource(vae.runtime(), plateau, DATA.train());
      assertThatThrownBy(source::endless).hasMessageContaining("a plateau needs epochs");
    }
  }

  @Test
  @DisplayName("refuse images of another size")
  void otherImages() {
    try (Vae vae = newVae()) {
      assertThatThrownBy(() -> new StepSource(
              vae.runtime(), OPTIONS, ImageExamples.of("small", Shape.of(1, 2, 2), new byte[8])))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("small");
    }
  }
}

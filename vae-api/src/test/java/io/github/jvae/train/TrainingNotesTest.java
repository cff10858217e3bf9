package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.ImageExamples;
import io.github.jvae.data.Part;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.Loss;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The notes of a training")
final class TrainingNotesTest {
  private static final DataParts DATA = Shapes.generate(3, 24, 10);
  private static final ImageExamples BLACK =
      ImageExamples.of("black", Shape.of(1, 2, 2), new byte[4 * 16]);
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(3).withBatchSize(8);

  private static List<String> notes(Vae.Builder model, Examples data, TrainingOptions options) {
    List<String> heard = new ArrayList<>();
    try (Vae vae = model.backend(new ReferenceModule()).mlp(4).latent(2).build()) {
      TrainingNotes notes = new TrainingNotes(vae.runtime(), heard::add);
      vae.trainer(options).listener(notes).train(data, null);
      assertThat(notes.notes()).isEqualTo(heard);
    }
    return heard;
  }

  private static List<String> notes(TrainingOptions options) {
    return notes(Vae.builder().input(3, 32, 32).gaussian(0.1), DATA.train(), options);
  }

  @Test
  @DisplayName("are none where nothing is the matter")
  void none() {
    assertThat(notes(OPTIONS
            .withKlWeight(Schedule.linear(0, 1, 2))
            .withLearningRate(Schedule.parse("lr", "1e-3,1=1e-4"))))
        .isEmpty();
  }

  @Test
  @DisplayName("tell of a schedule that does not end within the training, and how far it gets")
  void schedules() {
    assertThat(notes(OPTIONS.withKlWeight(Schedule.linear(0, 1, 100))))
        .singleElement()
        .asString()
        .contains("the KL weight changes until epoch 100 and 1.00", "epoch 3, at 0.0267");
    assertThat(notes(OPTIONS.withLearningRate(Schedule.iwae())))
        .singleElement()
        .asString()
        .contains("the learning rate changes until epoch 1093", "epoch 3, at 0.000720");
    assertThat(notes(OPTIONS.withKlWeight(Schedule.linear(1, 1, 100)))).isEmpty();
    assertThat(notes(OPTIONS.withKlWeight(Schedule.cyclical(0, 1, 10, 0.5))))
        .singleElement()
        .asString()
        .contains("the KL weight changes until epoch 5 and 1.00", "epoch 3, at 0.533");
  }

  @Test
  @DisplayName("tell of a warm-up that is longer than the training, whatever comes after it")
  void warmUp() {
    assertThat(notes(OPTIONS.withLearningRate(
            Schedule.linear(0, 1e-3, 5).then(5, Schedule.cosine(1e-3, 0, 95)))))
        .singleElement()
        .asString()
        .contains("the learning rate changes until epoch 100", "epoch 3, at 0.000533");
  }

  @Test
  @DisplayName("tell of a learning rate that comes to 0 before training ends")
  void stillRate() {
    assertThat(notes(OPTIONS.withLearningRate(Schedule.cosine(1e-3, 0, 2))))
        .singleElement()
        .asString()
        .contains("the learning rate is 0 from epoch 2 on", "fewer --epochs");
    assertThat(notes(OPTIONS.withLearningRate(Schedule.cosine(1e-3, 0, 3)))).isEmpty();
  }

  @Test
  @DisplayName("tell once that the posterior has collapsed, and what helps")
  void collapse() {
    List<String> notes = notes(
        Vae.builder().input(3, 32, 32).gaussian(1000),
        DATA.train(),
        OPTIONS.withEpochs(12).withLearningRate(Schedule.constant(0.02)));
    assertThat(notes).singleElement().asString().contains("collapsed", "--beta 0..1@10");
  }

  @Test
  @DisplayName("tell after the first epoch, in one line, of the latent groups that have collapsed")
  void collapsedGroups() {
    for (String model : List.of("ladder", "hvae")) {
      ComponentConfig config = model.equals("ladder")
          ? ComponentConfig.of(model).with("blocks", new int[] {4, 6}).with("width", 4)
          : ComponentConfig.of(model).with("hidden", new int[] {4});
      List<String> heard = new ArrayList<>();
      try (Vae vae = Vae.builder()
          .backend(new ReferenceModule())
          .input(3, 8, 8)
          .mlp(4)
          .latent(2)
          .gaussian(1)
          .component(Kind.MODEL, config)
          .build()) {
        List<LatentGroup> groups = vae.runtime().model().groups();
        TrainingNotes notes = new TrainingNotes(vae.runtime(), heard::add);
        for (int epoch = 1; epoch <= 2; epoch++) {
          notes.epochEnded(new PretendedRun(), pretended(epoch, groups));
        }
      }
      assertThat(heard).as(model).singleElement().asString().contains("--objective.per group");
      if (model.equals("ladder")) {
        assertThat(heard.get(0))
            .contains("9 of 10 latent groups", "in z4x4_1, ", " and others;")
            .hasLineCount(1);
      } else {
        assertThat(heard.get(0)).contains("1 of 2 latent groups", "nats/example in z2;");
      }
    }
  }

  /** An epoch in which the last group alone tells something. */
  private static EpochReport pretended(int epoch, List<LatentGroup> groups) {
    Map<String, Double> terms = new LinkedHashMap<>(Map.of(Loss.KL, 5.0));
    groups.forEach(group -> terms.put(Loss.klOf(group.name()), 1e-4));
    terms.put(Loss.klOf(groups.get(groups.size() - 1).name()), 5.0);
    return new EpochReport(epoch, 3, 1, 1, 7, terms, List.of(), null, null, true, false);
  }

  /** Notes of an epoch ask it for little. */
  private record PretendedRun() implements TrainingRun {
    @Override
    public TrainingOptions options() {
      return OPTIONS;
    }

    @Override
    public Part selectedOn() {
      return Part.TRAIN;
    }

    @Override
    public int stepsPerEpoch() {
      return 3;
    }

    @Override
    public long step() {
      return 3;
    }

    @Override
    public TrainingState state() {
      throw new UnsupportedOperationException("no note looks at the weights");
    }

    @Override
    public void stop(String reason) {
      throw new UnsupportedOperationException("no note ends a training");
    }
  }

  @Test
  @DisplayName("tell once that a learned width has become narrower than gray levels are apart")
  void width() {
    for (String sigma : List.of("shared", "learned")) {
      Vae.Builder model = Vae.builder()
          .input(1, 2, 2)
          .likelihood(ComponentConfig.of("gaussian").with("sigma", sigma));
      List<String> notes = notes(
          model,
          BLACK,
          OPTIONS
              .withEpochs(900)
              .withOptimizer(OPTIONS.optimizer().withLimits(GradientLimits.clipping(1)))
              .withLearningRate(Schedule.linear(0.03, 3e-4, 600)));
      assertThat(notes.stream().filter(note -> note.contains("sigma of")))
          .as(sigma)
          .singleElement()
          .asString()
          .contains(sigma.equals("shared") ? "all pixels" : "of 4 pixel values", "fixed --sigma");
    }
  }
}

package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.option.Options;
import io.github.jvae.reference.ReferenceModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Training by another objective than the ELBO")
final class ObjectiveTrainingTest {
  private static final DataParts DATA = Shapes.generate(7, 40, 12);

  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatchSize(16);

  private static Vae newVae(ComponentConfig objective) {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .gaussian(0.5)
        .objective(objective)
        .build();
  }

  private static final class Epochs implements TrainingListener {
    private final List<EpochReport> reports = new ArrayList<>();

    @Override
    public void epochEnded(TrainingRun run, EpochReport report) {
      reports.add(report);
    }

    private Metrics validation(int epoch) {
      return Objects.requireNonNull(reports.get(epoch).validation());
    }
  }

  @Test
  @DisplayName("judges by the ELBO and tells the bound that is trained beside, in files too")
  void reportsBound(@TempDir Path folder) throws IOException {
    Epochs epochs = new Epochs();
    ModelFolder files = new ModelFolder(folder.resolve("model"));
    try (Vae vae = newVae(ComponentConfig.of("iwae").with("draws", 4))) {
      Trainer trainer = vae.trainer(OPTIONS).listener(epochs);
      trainer.checkpoints(new Checkpoints(files, state -> vae.folderConfig(Options.none()), 1));
      trainer.listener(new HistoryListener(files.history(), 0));
      TrainingResult result = trainer.train(DATA);
      Metrics test = Objects.requireNonNull(result.test());
      assertThat(test.term("iwae")).isGreaterThan(test.elbo());
      assertThat(test.terms()).containsOnlyKeys("iwae");
      Metrics last = epochs.validation(1);
      assertThat(epochs.reports.get(1).best())
          .isEqualTo(last.elbo() > epochs.validation(0).elbo());
      assertThat(epochs.reports.get(1).terms())
          .containsOnlyKeys("elbo", "log_likelihood", "kl", "iwae");
      String line = Files.readAllLines(folder.resolve("model/history.jsonl")).get(1);
      assertThat(line).contains("\"validation\":{", "\"iwae\":" + last.term("iwae"));
      Metrics small = vae.evaluate(DATA.test(), 5, Transforms.none(), OPTIONS.seed());
      assertThat(small.term("iwae")).isCloseTo(test.term("iwae"), within(1e-3));
      assertThat(small.elbo()).isCloseTo(test.elbo(), within(1e-3));
    }
  }

  @Test
  @DisplayName("chooses the best epoch by the objective's criterion where the ELBO says nothing")
  void criterion() {
    Epochs epochs = new Epochs();
    try (Vae vae = newVae(ComponentConfig.of("rae"))) {
      vae.trainer(OPTIONS.withEpochs(3).withLearningRate(Schedule.constant(0.01)))
          .listener(epochs)
          .train(DATA);
    }
    double best = Double.NEGATIVE_INFINITY;
    for (EpochReport report : epochs.reports) {
      double reached = Objects.requireNonNull(report.validation()).term("rae");
      assertThat(report.best()).isEqualTo(reached > best);
      best = Math.max(best, reached);
    }
  }

  @Test
  @DisplayName("goes on exactly where it stood: what an adversary's optimizer remembers, too")
  void resumes(@TempDir Path folder) {
    ModelFolder files = new ModelFolder(folder.resolve("model"));
    ComponentConfig factor =
        ComponentConfig.of("factor").with("discriminator_hidden", new int[] {5});
    Epochs whole = new Epochs();
    try (Vae vae = newVae(factor)) {
      vae.trainer(OPTIONS).listener(whole).train(DATA);
    }
    try (Vae vae = newVae(factor)) {
      vae.trainer(OPTIONS.withEpochs(1))
          .checkpoints(new Checkpoints(files, state -> vae.folderConfig(Options.none()), 1))
          .train(DATA);
    }
    Epochs resumed = new Epochs();
    try (Vae vae =
        Vae.load(folder.resolve("model"), Vae.builder().backend(new ReferenceModule()))) {
      vae.trainer(OPTIONS)
          .resumeFrom(TrainingState.of(files.load()))
          .listener(resumed)
          .train(DATA);
    }
    assertThat(resumed.reports.get(0).loss()).isCloseTo(whole.reports.get(1).loss(), within(1e-3));
    assertThat(resumed.reports.get(0).terms().get("discriminator_loss"))
        .isCloseTo(whole.reports.get(1).terms().get("discriminator_loss"), within(1e-5));
  }

  @Test
  @DisplayName("tells an objective how many examples are trained on")
  void trainingExamples() {
    List<Double> told = new ArrayList<>();
    try (Vae vae = newVae(ComponentConfig.of("beta-tc"))) {
      vae.trainer(OPTIONS)
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              told.add(report.schedules().get("training_examples"));
            }
          })
          .train(DATA);
    }
    assertThat(told).hasSizeGreaterThan(2).containsOnly(36.0);
  }

  private static void refuses(ComponentConfig objective, TrainingOptions options, String... words) {
    try (Vae vae = newVae(objective)) {
      assertThatThrownBy(() -> new StepSource(vae.runtime(), options, DATA.train()))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll(words);
    }
  }

  @Test
  @DisplayName("refuses, before a step is taken, what the objective cannot be trained with")
  void badOptions() {
    refuses(ComponentConfig.of("capacity"), OPTIONS, "capacity", "--schedule capacity=SCHEDULE");
    refuses(ComponentConfig.of("beta-tc"), OPTIONS.withBatchSize(1), "beta-tc", "at least 2");
    refuses(ComponentConfig.of("factor"), OPTIONS.withBatchSize(39), "factor", "last batch");
    refuses(ComponentConfig.of("info"), OPTIONS.withBatchSize(1), "info", "at least 2");
    refuses(
        ComponentConfig.of("iwae"),
        OPTIONS.withKlWeight(Schedule.constant(2)),
        "iwae",
        "kl_weight");
    refuses(
        ComponentConfig.of("beta-tc"),
        OPTIONS.withSchedule("training_examples", Schedule.constant(2)),
        "training_examples");
  }

  private static void refusesToBuild(ComponentConfig objective, String... words) {
    assertThatThrownBy(() -> newVae(objective).close())
        .isInstanceOf(VaeException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  @DisplayName("refuses options out of range, before an engine starts")
  void badNumbers() {
    refusesToBuild(ComponentConfig.of("iwae").with("draws", 0), "draws", "from 1");
    refusesToBuild(ComponentConfig.of("miwae").with("sets", -1), "sets", "from 1");
    refusesToBuild(ComponentConfig.of("renyi").with("alpha", -0.5), "alpha", "from 0");
    refusesToBuild(ComponentConfig.of("ciwae").with("beta", 1.5), "beta", "from 0 to 1");
    refusesToBuild(ComponentConfig.of("info").with("lambda", 0.5), "alpha + lambda");
    refusesToBuild(ComponentConfig.of("info").with("kernel", "linear"), "kernel", "rbf, imq");
    refusesToBuild(ComponentConfig.of("free-bits").with("lambda", -1.0), "lambda");
  }
}

package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.Vae;
import io.github.jvae.backend.Capability;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Transforms;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import io.github.jvae.train.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Model folders of format 1: they open, evaluate and resume as when they were written. */
abstract class ModelFoldersGroup extends CompatibilityGroup {
  /** Engines round sums differently; the bound of a given model hardly shows it. */
  private static final double SAME = 1e-6;

  /** Eight steps of training make more of what was rounded: engines differ by 3e-6. */
  private static final double AFTER_TRAINING = 1e-5;

  ModelFoldersGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private Vae open(Path folder) {
    return Vae.load(folder, Vae.builder().backend(kit().module()).threads(1));
  }

  @TestFactory
  @DisplayName("The ELBO is the one that was told when the folder was written")
  Stream<DynamicTest> evaluate(@TempDir Path parent) {
    return GoldenFolder.all().stream()
        .map(golden -> dynamicTest(golden.name(), () -> {
          try (Vae vae = open(golden.copyInto(parent))) {
            Metrics metrics = vae.evaluate(GoldenFolder.images().test(), 128, Transforms.none(), 1);
            Closeness.relative(SAME).check("ELBO", metrics.elbo(), golden.elbo());
          }
        }));
  }

  @TestFactory
  @DisplayName("Training goes on with the optimizer's memory: the next epoch's loss is the same")
  Stream<DynamicTest> resume(@TempDir Path parent) {
    return GoldenFolder.all().stream()
        .map(golden -> dynamicTest(golden.name(), () -> resume(golden, parent)));
  }

  private void resume(GoldenFolder golden, Path parent) throws IOException {
    assumeCapable(Capability.TRAINING);
    Path folder = golden.copyInto(parent);
    Checkpoint checkpoint = new ModelFolder(folder).load();
    TrainingOptions options = TrainingOptions.of(
        JsonMembers.of(checkpoint.training()).object("options").options());
    TrainingState state = TrainingState.of(checkpoint);
    assertThat(state.epoch()).isEqualTo(GoldenFolder.EPOCHS);
    assertThat(state.optimizer().step()).isEqualTo(GoldenFolder.EPOCHS * GoldenFolder.STEPS);
    List<EpochReport> reports = new ArrayList<>();
    DataParts images = GoldenFolder.images();
    try (Vae vae = open(folder)) {
      vae.trainer(options.withEpochs(GoldenFolder.EPOCHS + 1))
          .resumeFrom(state)
          .listener(new TrainingListener() {
            @Override
            public void epochEnded(TrainingRun run, EpochReport report) {
              reports.add(report);
            }
          })
          .train(images.train(), images.test());
    }
    assertThat(reports).hasSize(1);
    EpochReport report = reports.get(0);
    assertThat(report.epoch()).isEqualTo(GoldenFolder.EPOCHS + 1);
    Closeness.relative(AFTER_TRAINING).check("loss", report.loss(), golden.resumedLoss());
  }
}

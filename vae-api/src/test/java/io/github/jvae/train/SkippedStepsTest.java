package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.GradientNorm;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.objective.Elbo;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training of which steps are skipped")
final class SkippedStepsTest {
  private static final DataParts DATA = Shapes.generate(7, 40, 12);
  private static final Examples TRAIN = DATA.train();
  private static final String BIAS = "decoder.0.bias";

  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatchSize(6);

  private static Vae.Builder builder() {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .gaussian(0.5);
  }

  private static TrainingOptions limited(double clip, double skip) {
    Optimizer averaging = new Averaging(OPTIONS.optimizer(), 0.9);
    return OPTIONS.withOptimizer(averaging.withLimits(new GradientLimits(clip, skip)));
  }

  /** What happens without skipping: its norms, in the middle of which a threshold lies. */
  private static double threshold() {
    Recorder recorder = new Recorder();
    try (Vae vae = builder().build()) {
      vae.trainer(limited(1e9, 0)).listener(recorder).train(TRAIN, null);
    }
    double[] sorted =
        recorder.norms(0).stream().mapToDouble(GradientNorm::value).sorted().toArray();
    return (sorted[6] + sorted[7]) / 2;
  }

  @Test
  @DisplayName("tells the norms of each step and epoch, and counts what was skipped")
  void reports(@TempDir Path folder) throws IOException {
    Recorder recorder = new Recorder();
    ModelFolder files = new ModelFolder(folder.resolve("model"));
    TrainingResult result;
    try (Vae vae = builder().build()) {
      result = vae.trainer(limited(0, threshold()))
          .listener(recorder)
          .listener(new HistoryListener(files.history(), 1))
          .train(TRAIN, null);
    }
    long all = recorder.norms(0).stream().filter(GradientNorm::skipped).count();
    assertThat(all).isBetween(1L, 13L);
    assertThat(result.skippedSteps()).isEqualTo(all);
    for (int epoch = 0; epoch < 2; epoch++) {
      List<GradientNorm> norms = recorder.norms(0).subList(7 * epoch, 7 * epoch + 7);
      EpochGradients told = recorder.epochs.get(epoch).gradients().get(0);
      assertThat(told.skipped())
          .isEqualTo(norms.stream().filter(GradientNorm::skipped).count());
      assertThat(told.meanNorm())
          .isCloseTo(
              norms.stream().mapToDouble(GradientNorm::value).average().orElseThrow(),
              withinPercentage(1e-9));
      assertThat(told.greatestNorm())
          .isEqualTo(norms.stream().mapToDouble(GradientNorm::value).max().orElseThrow());
    }
    List<String> lines = Files.readAllLines(files.history().path());
    assertThat(lines.stream().filter(line -> line.contains("\"skipped\":true"))).hasSize((int) all);
    assertThat(lines.get(7))
        .contains("\"gradient_norm_greatest\":", "\"skipped_steps\":")
        .contains(
            "\"gradient_norm\":" + recorder.epochs.get(0).gradients().get(0).meanNorm());
  }

  @Test
  @DisplayName("measures the same norms where a step is accumulated, and skips the same")
  void accumulated() {
    double threshold = threshold();
    List<Recorder> recorders = new ArrayList<>();
    for (TrainingOptions options :
        List.of(limited(0, threshold), limited(0, threshold).withBatchSize(2).withAccumulate(3))) {
      Recorder recorder = new Recorder();
      recorders.add(recorder);
      try (Vae vae = builder().build()) {
        vae.trainer(options).listener(recorder).train(TRAIN, null);
      }
    }
    for (int step = 0; step < recorders.get(0).steps.size(); step++) {
      GradientNorm whole = recorders.get(0).norms(0).get(step);
      GradientNorm parts = recorders.get(1).norms(0).get(step);
      assertThat(parts.value()).isCloseTo(whole.value(), withinPercentage(1e-3));
      assertThat(parts.skipped()).isEqualTo(whole.skipped());
    }
  }

  @Test
  @DisplayName("goes on exactly where it stood, in the middle of an epoch")
  void resumes(@TempDir Path folder) {
    requireExactResume(builder(), limited(threshold() / 2, threshold()), folder);
  }

  @Test
  @DisplayName("has a norm of its own for an adversary, whose steps are counted by themselves")
  void adversary(@TempDir Path folder) {
    Vae.Builder factor = builder()
        .objective(ComponentConfig.of("factor").with("discriminator_hidden", new int[] {5}));
    Recorder free = new Recorder();
    try (Vae vae = factor.build()) {
      vae.trainer(limited(1e9, 0)).listener(free).train(TRAIN, null);
    }
    double model = free.norms(0).stream().mapToDouble(GradientNorm::value).min().orElseThrow();
    double opposed =
        free.norms(1).stream().mapToDouble(GradientNorm::value).max().orElseThrow();
    assertThat(opposed).isLessThan(model / 2);

    Recorder recorder = new Recorder();
    Map<String, HostTensor> before;
    Map<String, HostTensor> after;
    TrainingOptions between = limited(0, (opposed + model) / 2);
    try (Vae vae = factor.build()) {
      before = vae.parameters();
      TrainingResult result = vae.trainer(between).listener(recorder).train(TRAIN, null);
      assertThat(result.skippedSteps()).isEqualTo(14);
      after = vae.parameters();
    }
    assertThat(recorder.norms(0)).allMatch(GradientNorm::skipped);
    assertThat(recorder.norms(1)).noneMatch(GradientNorm::skipped);
    before.forEach(
        (name, value) -> assertThat(value.equals(after.getOrDefault(name, HostTensor.scalar(0))))
            .as(name)
            .isEqualTo(!name.startsWith("discriminator")));
    requireExactResume(factor, between, folder);
  }

  /** A training that was stopped in its second epoch, saved, loaded and gone on with. */
  private static void requireExactResume(
      Vae.Builder model, TrainingOptions options, Path directory) {
    Recorder whole = new Recorder();
    Map<String, HostTensor> expected;
    try (Vae vae = model.build()) {
      vae.trainer(options).listener(whole).train(TRAIN, null);
      expected = vae.parameters();
    }
    ModelFolder folder = new ModelFolder(directory.resolve("model"));
    try (Vae vae = model.build()) {
      vae.trainer(options)
          .checkpoints(new Checkpoints(folder, state -> vae.folderConfig(Options.none()), 1))
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              if (report.step() == 10) {
                run.stop("enough");
              }
            }
          })
          .train(TRAIN, null);
    }
    TrainingState state = TrainingState.of(folder.load());
    assertThat(state.step()).isEqualTo(10);
    assertThat(state.skipped())
        .isEqualTo(
            whole.norms(0).subList(0, 10).stream().filter(GradientNorm::skipped).count())
        .isPositive();
    Recorder rest = new Recorder();
    try (Vae vae = model.build()) {
      vae.trainer(options).listener(rest).resumeFrom(state).train(TRAIN, null);
      // The oracle computes in double precision, of which a file keeps half.
      vae.parameters()
          .forEach((name, value) -> assertThat(value.data())
              .as(name)
              .usingComparatorWithPrecision(1e-5f)
              .containsExactly(expected.getOrDefault(name, value).data()));
    }
    assertThat(rest.epochs.get(0).gradients().size())
        .isEqualTo(whole.epochs.get(1).gradients().size());
    for (int place = 0; place < rest.epochs.get(0).gradients().size(); place++) {
      EpochGradients told = rest.epochs.get(0).gradients().get(place);
      EpochGradients wanted = whole.epochs.get(1).gradients().get(place);
      assertThat(told.skipped()).isEqualTo(wanted.skipped());
      assertThat(told.meanNorm()).isCloseTo(wanted.meanNorm(), withinPercentage(1e-3));
    }
  }

  @Test
  @DisplayName("leaves alone what a step sets beside, as the moving averages of a codebook")
  void states() {
    try (Vae vae = builder().component(Kind.MODEL, ComponentConfig.of("vq")).build()) {
      List<String> states = vae.runtime().model().states();
      assertThat(states).isNotEmpty();
      Map<String, HostTensor> before = vae.parameters();
      vae.trainer(limited(0, 1e-20)).train(TRAIN, null);
      assertThat(vae.parameters()).isEqualTo(before);
      vae.trainer(OPTIONS).train(TRAIN, null);
      assertThat(vae.parameters().get(states.get(0))).isNotEqualTo(before.get(states.get(0)));
    }
  }

  /** The bound and a root whose gradient at 0 is no number. */
  private record Spoilt(Elbo elbo) implements Objective {
    @Override
    public String name() {
      return "spoilt";
    }

    @Override
    public List<String> terms(LatentModel model) {
      return elbo.terms(model);
    }

    @Override
    public List<String> schedules() {
      return elbo.schedules();
    }

    @Override
    public Loss evaluate(
        LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
      Loss loss = elbo.evaluate(model, in, noise, schedules);
      Tensor root = in.x().trace().parameter(BIAS).square().sum().sqrt();
      return new Loss(loss.loss().add(root), loss.terms());
    }
  }

  private static List<String> trainSpoilt(
      GradientLimits limits, Predicate<Map<String, HostTensor>> afterwards) {
    try (Vae vae = builder().build()) {
      ModelRuntime plain = vae.runtime();
      ModelRuntime runtime = new ModelRuntime(
          plain.backend(),
          plain.example(),
          plain.model(),
          new Spoilt(new Elbo(DivergenceForm.CLOSED_FORM)));
      TrainingNotes notes = new TrainingNotes(runtime, note -> {});
      HostTensor bias = vae.parameters().get(BIAS);
      plain
          .backend()
          .variables()
          .write(BIAS, HostTensor.zeros(bias == null ? plain.example() : bias.shape()));
      Recorder recorder = new Recorder();
      Map<String, HostTensor> before = vae.parameters();
      new Trainer(runtime, OPTIONS.withOptimizer(OPTIONS.optimizer().withLimits(limits)))
          .listener(notes)
          .listener(recorder)
          .train(TRAIN, null);
      assertThat(vae.parameters().equals(before)).isTrue();
      assertThat(afterwards.test(vae.parameters())).isTrue();
      assertThat(recorder.epochs.get(0).loss()).isFinite();
      assertThat(recorder.epochs.get(0).gradients().get(0).meanNorm()).isNaN();
      return notes.notes();
    }
  }

  @Test
  @DisplayName("says which step had a gradient that is no number where none may be skipped")
  void gradientIsNoNumber() {
    assertThatThrownBy(() -> trainSpoilt(GradientLimits.clipping(1), all -> true))
        .isInstanceOf(DivergedException.class)
        .hasMessageContainingAll(
            "diverged at step 1: the loss is finite, but the norm of its gradients is NaN",
            "--skip-above",
            "no checkpoints are kept");
  }

  @Test
  @DisplayName("notes that many were, once, and what helps")
  void noted() {
    List<String> notes = trainSpoilt(
        new GradientLimits(0, 300), all -> all.values().stream().allMatch(HostTensor::isFinite));
    assertThat(notes)
        .singleElement()
        .asString()
        .contains("in epoch 1 7 of 7 steps were skipped", "above 300", "--lr")
        .doesNotContain("NaN");
  }

  @Test
  @DisplayName("that diverges tells the parts of the bound by name, and what all at once point at")
  void parts() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("elbo", Double.NaN);
    parts.put("log_likelihood", -3.0);
    parts.put("kl", Double.NaN);
    parts.put("kl_z8x8_1", 2.0);
    parts.put("kl_z8x8_2", Double.POSITIVE_INFINITY);
    assertThat(Diagnosis.of("the loss", Double.NaN, parts))
        .isEqualTo("the loss is NaN, for the KL of latent group z8x8_2 is Infinity");
    parts.replaceAll((name, value) -> Double.NaN);
    assertThat(Diagnosis.of("the loss", Double.NaN, parts))
        .isEqualTo(
            "the loss is NaN, for the log-likelihood is NaN, the KL of latent group z8x8_1 is"
                + " NaN, the KL of latent group z8x8_2 is NaN; all parts at once point at the weights,"
                + " which the step before may have spoilt");
    assertThat(Diagnosis.of("the loss", Double.NaN, Map.of("kl", 1.0)))
        .isEqualTo("the loss is NaN");
  }
}

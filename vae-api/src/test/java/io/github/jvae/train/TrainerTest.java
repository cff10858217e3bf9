package io.github.jvae.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.backend.Adam;
import io.github.jvae.backend.AdamW;
import io.github.jvae.backend.Averaging;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.checkpoint.Checkpoint;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Part;
import io.github.jvae.data.Transforms;
import io.github.jvae.data.source.Shapes;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.Options;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The trainer")
final class TrainerTest {
  private static final DataParts DATA = Shapes.generate(7, 40, 12);

  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(3).withBatchSize(16);

  private static Vae newVae() {
    return newVae(ComponentConfig.of("gaussian").with("sigma", 0.5));
  }

  private static Vae newVae(ComponentConfig likelihood) {
    return Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .likelihood(likelihood)
        .build();
  }

  private static Checkpoints checkpoints(Vae vae, ModelFolder folder) {
    return new Checkpoints(folder, state -> vae.folderConfig(Options.none()), 1);
  }

  private static TrainingListener stopAt(long step) {
    return new TrainingListener() {
      @Override
      public void stepped(TrainingRun run, StepReport report) {
        if (report.step() == step) {
          run.stop("enough");
        }
      }
    };
  }

  @Test
  @DisplayName("lowers the loss, and counts steps and epochs")
  void learns() {
    Recorder recorder = new Recorder();
    try (Vae vae = newVae()) {
      TrainingResult result = vae.trainer(
              OPTIONS.withEpochs(6).withLearningRate(Schedule.constant(0.01)))
          .listener(recorder)
          .train(DATA.train(), DATA.test());
      assertThat(result.steps()).isEqualTo(18);
      assertThat(result.epochs()).isEqualTo(6);
      assertThat(result.stopReason()).isNull();
    }
    assertThat(recorder.epochs.get(5).loss()).isLessThan(recorder.epochs.get(0).loss() - 100);
    assertThat(recorder.steps).extracting(StepReport::stepInEpoch).startsWith(1, 2, 3, 1, 2, 3);
    assertThat(recorder.steps).extracting(StepReport::epoch).startsWith(1, 1, 1, 2, 2, 2);
  }

  @Test
  @DisplayName("gives the same losses for the same seed, and others for another")
  void isDeterministic() {
    assertThat(losses(OPTIONS)).isEqualTo(losses(OPTIONS));
    assertThat(losses(OPTIONS.withSeed(2))).isNotEqualTo(losses(OPTIONS));
  }

  private static List<Double> losses(TrainingOptions options) {
    Recorder recorder = new Recorder();
    try (Vae vae = newVae()) {
      vae.trainer(options).listener(recorder).train(DATA.train(), null);
    }
    return recorder.steps.stream().map(StepReport::loss).toList();
  }

  @Test
  @DisplayName("weighs every image alike in an epoch's means, also those of a smaller last batch")
  void meansAreOverImages() {
    Recorder recorder = new Recorder();
    try (Vae vae = newVae()) {
      vae.trainer(OPTIONS.withEpochs(1)).listener(recorder).train(DATA.train(), null);
    }
    List<StepReport> steps = recorder.steps;
    double expected =
        (16 * steps.get(0).loss() + 16 * steps.get(1).loss() + 8 * steps.get(2).loss()) / 40;
    assertThat(recorder.epochs.get(0).loss()).isCloseTo(expected, within(1e-9));
  }

  @Test
  @DisplayName("ends with the same weights whether or not it was stopped in mid-epoch and resumed")
  void resumesExactly(@TempDir Path directory) {
    ModelFolder whole = new ModelFolder(directory.resolve("whole"));
    ModelFolder parts = new ModelFolder(directory.resolve("parts"));
    train(whole, 0, null);
    train(parts, 5, null);
    Checkpoint half = parts.load();
    assertThat(JsonMembers.of(half.training()).wholeNumber("step", 0)).isEqualTo(5);
    assertThat(JsonMembers.of(half.training()).integer("batch", 0, 0)).isEqualTo(2);

    train(parts, 0, TrainingState.of(half));

    Checkpoint expected = whole.load();
    Checkpoint actual = parts.load();
    assertClose(actual.model(), expected.model());
    assertClose(actual.optimizer(), expected.optimizer());
    List<Options> lines = parts.history().read();
    assertThat(lines)
        .extracting(line -> JsonMembers.of(line).wholeNumber("step", 0))
        .containsExactly(1L, 2L, 3L, 3L, 4L, 5L, 6L, 6L, 7L, 8L, 9L, 9L);
    double loss = trainLoss(whole.history().read().get(7));
    assertThat(trainLoss(lines.get(7))).isCloseTo(loss, withinPercentage(1e-3));
  }

  private static double trainLoss(Options line) {
    return JsonMembers.of(line).object("train").number("loss", Double.NaN);
  }

  /** The reference engine computes in double precision, which a saved weight does not keep. */
  private static void assertClose(
      Map<String, HostTensor> actual, Map<String, HostTensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach((name, tensor) -> {
      float[] wanted = Objects.requireNonNull(expected.get(name)).data();
      float[] found = tensor.data();
      assertThat(found).hasSameSizeAs(wanted);
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i])
            .as(name)
            .isCloseTo(wanted[i], within(1e-4 * (1 + Math.abs(wanted[i]))));
      }
    });
  }

  private static void train(ModelFolder folder, long stopAtStep, @Nullable TrainingState from) {
    try (Vae vae = newVae()) {
      Trainer trainer = vae.trainer(OPTIONS)
          .checkpoints(checkpoints(vae, folder))
          .listener(new HistoryListener(folder.history(), 1))
          .listener(stopAt(stopAtStep));
      if (from != null) {
        trainer.resumeFrom(from);
      }
      trainer.train(DATA.train(), DATA.test());
    }
  }

  @Test
  @DisplayName("lowers a rate at a plateau of the ELBO it is judged by, also across a resume")
  void plateau(@TempDir Path directory) {
    // The rate is so great that epochs get worse; it is lowered after each one that does.
    TrainingOptions options = OPTIONS
        .withEpochs(6)
        .withLearningRate(Schedule.parse("lr", "0.001,1=plateau:20..1e-3@1x0.1"));
    Recorder whole = new Recorder();
    try (Vae vae = newVae()) {
      vae.trainer(options).listener(whole).train(DATA.train(), DATA.test());
    }
    List<Double> losses = new ArrayList<>();
    for (EpochReport report : whole.epochs) {
      int epoch = report.epoch() - 1;
      double expected = options.learningRate().at(epoch, losses);
      assertThat(rateOf(whole, report.epoch())).isEqualTo(expected);
      losses.add(-Objects.requireNonNull(report.validation()).elbo());
    }
    assertThat(rateOf(whole, 6)).as("lowered at all").isLessThan(20);

    ModelFolder folder = new ModelFolder(directory);
    Recorder resumed = new Recorder();
    try (Vae vae = newVae()) {
      vae.trainer(options)
          .checkpoints(checkpoints(vae, folder))
          .listener(stopAt(14))
          .train(DATA.train(), DATA.test());
    }
    TrainingState half = TrainingState.of(folder.load());
    assertThat(half.losses()).hasSize(4);
    try (Vae vae = newVae()) {
      vae.trainer(options).listener(resumed).resumeFrom(half).train(DATA.train(), DATA.test());
    }
    assertThat(resumed.steps)
        .extracting(StepReport::learningRate)
        .isEqualTo(
            whole.steps.subList(14, 18).stream().map(StepReport::learningRate).toList());
  }

  private static double rateOf(Recorder recorder, int epoch) {
    return recorder.steps.stream()
        .filter(step -> step.epoch() == epoch)
        .map(StepReport::learningRate)
        .distinct()
        .reduce((one, other) -> Double.NaN)
        .orElseThrow();
  }

  @Test
  @DisplayName("takes the same steps on batches of which it is given a part at a time")
  void accumulates(@TempDir Path directory) {
    Optimizer decaying = new AdamW(new Adam(0.9, 0.999, 1e-8, GradientLimits.clipping(3)), 0.1);
    // Steps of 15, 15 and 10 examples, in parts of 5.
    TrainingOptions whole = OPTIONS.withBatchSize(15).withOptimizer(decaying);
    TrainingOptions parts = OPTIONS.withBatchSize(5).withAccumulate(3).withOptimizer(decaying);
    List<List<Double>> losses = new ArrayList<>();
    List<Map<String, HostTensor>> weights = new ArrayList<>();
    for (TrainingOptions options : List.of(whole, parts)) {
      Recorder recorder = new Recorder();
      try (Vae vae = newVae()) {
        TrainingResult result =
            vae.trainer(options).listener(recorder).train(DATA.train(), DATA.test());
        assertThat(result.steps()).isEqualTo(9);
        weights.add(vae.parameters());
      }
      losses.add(recorder.epochs.stream().map(EpochReport::loss).toList());
    }
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(losses.get(1).get(epoch))
          .isCloseTo(losses.get(0).get(epoch), withinPercentage(1e-4));
    }
    assertClose(weights.get(1), weights.get(0));

    ModelFolder folder = new ModelFolder(directory);
    for (long stop : List.of(4L, 0L)) {
      try (Vae vae = newVae()) {
        Trainer trainer =
            vae.trainer(parts).checkpoints(checkpoints(vae, folder)).listener(stopAt(stop));
        if (stop == 0) {
          trainer.resumeFrom(TrainingState.of(folder.load()));
        }
        trainer.train(DATA.train(), DATA.test());
      }
    }
    assertClose(folder.loadModel().parameters(), weights.get(1));
  }

  @Test
  @DisplayName("leaves alone what no loss of a part reaches, also where weights decay")
  void accumulatesOnlyWhatIsReached() {
    Optimizer decaying = new AdamW(Adam.defaults(), 0.5);
    try (Backend backend = new ReferenceBackend(BackendOptions.defaults())) {
      HostTensor value = HostTensor.of(Shape.of(2), 3, -4);
      for (String name : List.of("used", "unused")) {
        backend
            .variables()
            .create(new Parameter(name, value.shape(), new Initializer.Constant(0)), value);
      }
      Computation loss = (trace, in) -> List.of(
          trace.parameter("used").multiply(in.get(0)).sum(1).mean(), in.get(0).mean());
      try (TrainingStep step = new AccumulatedStep(backend, loss, decaying, 2)) {
        List<HostTensor> outputs = step.run(0.1, HostTensor.of(Shape.of(3, 2), 1, 1, 2, 2, 6, 6));
        assertThat(outputs.get(0).item()).isCloseTo(-3, within(1e-6f));
        assertThat(outputs.get(1).item()).isCloseTo(3, within(1e-6f));
        assertThatThrownBy(() ->
                step.run(0.1, HostTensor.zeros(Shape.of(4, 2)), HostTensor.zeros(Shape.of(3))))
            .hasMessageContaining("cannot be computed in parts");
      }
      assertThat(backend.variables().read("unused")).isEqualTo(value);
      assertThat(backend.variables().read("used").data()[0]).isLessThan(2.9f);
    }
  }

  @Test
  @DisplayName("keeps the average of the weights after each step as a model of its own, judges it"
      + " beside them, and goes on exactly")
  void averagesWeights(@TempDir Path directory) {
    double decay = 0.8;
    TrainingOptions options = OPTIONS
        .withOptimizer(new Averaging(OPTIONS.optimizer(), decay))
        .withValidation(Holdout.none());
    List<Map<String, HostTensor>> weights = new ArrayList<>();
    Recorder recorder = new Recorder();
    ModelFolder whole = new ModelFolder(directory.resolve("whole"));
    try (Vae vae = newVae()) {
      vae.trainer(options)
          .checkpoints(checkpoints(vae, whole))
          .listener(recorder)
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              weights.add(vae.parameters());
            }
          })
          .train(DATA.train(), DATA.test());
      assertThat(vae.parameters()).as("put back").isEqualTo(whole.loadModel().parameters());
    }
    Map<String, HostTensor> average = whole.average().loadModel().parameters();
    assertThat(average).isNotEqualTo(whole.loadModel().parameters());
    assertClose(average, mean(weights, decay));
    assertThat(whole.average().loadConfig().get("weights"))
        .hasToString("\"average with decay 0.8\"");
    assertThat(whole.loadConfig().get("weights")).isNull();
    EpochReport last = recorder.epochs.get(2);
    try (Vae averaged =
        Vae.load(whole.average().path(), Vae.builder().backend(new ReferenceModule()))) {
      Metrics metrics = averaged.evaluate(DATA.test(), 16, Transforms.none(), options.seed());
      assertThat(Objects.requireNonNull(last.average()).elbo())
          .isCloseTo(metrics.elbo(), within(1e-6))
          .isNotCloseTo(Objects.requireNonNull(last.validation()).elbo(), within(1e-3));
    }
    assertThat(whole.best().average().exists()).isTrue();

    ModelFolder parts = new ModelFolder(directory.resolve("parts"));
    trainInParts(options, parts, 5);
    assertClose(parts.load().optimizer(), whole.load().optimizer());
    assertClose(parts.average().loadModel().parameters(), average);
  }

  @Test
  @DisplayName(
      "keeps the best weights and the best averages of them, each by what it reaches itself")
  void bestAverages(@TempDir Path directory) {
    // Steps so large that the weights leap about, and their averages lag behind.
    TrainingOptions options = OPTIONS
        .withEpochs(6)
        .withLearningRate(Schedule.constant(0.05))
        .withOptimizer(new Averaging(OPTIONS.optimizer(), 0.95))
        .withValidation(Holdout.none());
    Recorder recorder = new Recorder();
    ModelFolder whole = new ModelFolder(directory.resolve("whole"));
    TrainingResult result;
    try (Vae vae = newVae()) {
      result = vae.trainer(options)
          .checkpoints(checkpoints(vae, whole))
          .listener(recorder)
          .train(DATA.train(), DATA.test());
    }
    double best = recorder.epochs.stream()
        .mapToDouble(epoch -> Objects.requireNonNull(epoch.validation()).elbo())
        .max()
        .orElseThrow();
    double bestAverage = recorder.epochs.stream()
        .mapToDouble(epoch -> Objects.requireNonNull(epoch.average()).elbo())
        .max()
        .orElseThrow();
    assertThat(result.bestAverageEpoch()).isNotEqualTo(result.bestEpoch());
    assertThat(elbo(whole.best(), options)).isCloseTo(best, within(1e-4));
    assertThat(elbo(whole.best().average(), options)).isCloseTo(bestAverage, within(1e-4));
    assertThat(recorder.epochs.stream().filter(EpochReport::best).map(EpochReport::epoch))
        .last()
        .isEqualTo(result.bestEpoch());
    assertThat(recorder.epochs.stream().filter(EpochReport::bestAverage).map(EpochReport::epoch))
        .last()
        .isEqualTo(result.bestAverageEpoch());

    ModelFolder parts = new ModelFolder(directory.resolve("parts"));
    trainInParts(options, parts, 10);
    TrainingState resumed = TrainingState.of(parts.load());
    assertThat(List.of(resumed.best(), resumed.bestAverage()))
        .isEqualTo(List.of(
            new BestEpoch(best, result.bestEpoch()),
            new BestEpoch(bestAverage, result.bestAverageEpoch())));
    assertClose(
        parts.best().average().loadModel().parameters(),
        whole.best().average().loadModel().parameters());
  }

  /** Trains until a step, and then, with another model, the rest. */
  private static void trainInParts(TrainingOptions options, ModelFolder parts, long until) {
    for (long stop : List.of(until, 0L)) {
      try (Vae vae = newVae()) {
        Trainer trainer =
            vae.trainer(options).checkpoints(checkpoints(vae, parts)).listener(stopAt(stop));
        if (stop == 0) {
          trainer.resumeFrom(TrainingState.of(parts.load()));
        }
        trainer.train(DATA.train(), DATA.test());
      }
    }
  }

  private static double elbo(ModelFolder folder, TrainingOptions options) {
    try (Vae vae = Vae.load(folder.path(), Vae.builder().backend(new ReferenceModule()))) {
      return vae.evaluate(DATA.test(), 16, Transforms.none(), options.seed()).elbo();
    }
  }

  /** The weighted mean that the bias-corrected average is, in double precision. */
  private static Map<String, HostTensor> mean(List<Map<String, HostTensor>> values, double decay) {
    Map<String, HostTensor> means = new HashMap<>();
    values.get(0).forEach((name, first) -> {
      double[] sums = new double[first.data().length];
      double all = 0;
      for (int t = 0; t < values.size(); t++) {
        double weight = Math.pow(decay, (double) values.size() - 1 - t);
        all += weight;
        float[] data = Objects.requireNonNull(values.get(t).get(name)).data();
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weight * data[i];
        }
      }
      HostTensor mean = HostTensor.zeros(first.shape());
      for (int i = 0; i < sums.length; i++) {
        mean.data()[i] = (float) (sums[i] / all);
      }
      means.put(name, mean);
    });
    return means;
  }

  @Test
  @DisplayName("refuses to go on with a state without averages where it is to keep some")
  void refusesMissingAverages(@TempDir Path directory) {
    ModelFolder folder = new ModelFolder(directory);
    train(folder, 5, null);
    TrainingState plain = TrainingState.of(folder.load());
    try (Vae vae = newVae()) {
      Trainer trainer = vae.trainer(OPTIONS.withOptimizer(new Averaging(OPTIONS.optimizer(), 0.9)))
          .resumeFrom(plain);
      assertThatThrownBy(() -> trainer.train(DATA.train(), DATA.test()))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("remembers average, first_moment, second_moment");
    }
  }

  @Test
  @DisplayName("pairs the best weights with the optimizer state of the same step")
  void bestIsOfOneStep(@TempDir Path directory) {
    ModelFolder folder = new ModelFolder(directory);
    Recorder recorder = new Recorder();
    try (Vae vae = newVae()) {
      // The rate jumps after the first epoch, so that the first stays the best.
      Schedule jump = Schedule.parse("lr", "0.001,1=20");
      vae.trainer(OPTIONS.withLearningRate(jump))
          .checkpoints(checkpoints(vae, folder))
          .listener(recorder)
          .train(DATA.train(), DATA.test());
    }
    assertThat(recorder.epochs).extracting(EpochReport::best).containsExactly(true, false, false);
    assertThat(TrainingState.of(folder.best().load()).step()).isEqualTo(3);
    assertThat(TrainingState.of(folder.best().load()).optimizer().step()).isEqualTo(3);
    assertThat(TrainingState.of(folder.load()).step()).isEqualTo(9);
  }

  /** Examples that note which of them were read. */
  private record Watched(Examples examples, List<Integer> reads) implements Examples {
    Watched(Examples examples) {
      this(examples, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public String name() {
      return examples.name();
    }

    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public Shape shape() {
      return examples.shape();
    }

    @Override
    public ElementKind elements() {
      return examples.elements();
    }

    @Override
    public void read(int index, float[] target, int offset) {
      reads.add(index);
      examples.read(index, target, offset);
    }
  }

  private static TrainingResult train(
      Watched test, TrainingOptions options, TrainingListener... listeners) {
    DataParts data = new DataParts("watched", DATA.train(), test, "here");
    try (Vae vae = newVae()) {
      Trainer trainer = vae.trainer(options);
      for (TrainingListener listener : listeners) {
        trainer.listener(listener);
      }
      return trainer.train(data);
    }
  }

  @Test
  @DisplayName(
      "chooses by examples it never learns from, and looks at the test part once, in the end")
  void looksAtTheTestPartOnce() {
    Watched train = new Watched(DATA.train());
    Watched test = new Watched(DATA.test());
    Recorder recorder = new Recorder();
    List<Integer> readBefore = new ArrayList<>();
    List<Integer> learned = new ArrayList<>();
    try (Vae vae = newVae()) {
      TrainingResult result = vae.trainer(OPTIONS.withBatchSize(36))
          .listener(recorder)
          .listener(new TrainingListener() {
            @Override
            public void stepped(TrainingRun run, StepReport report) {
              learned.addAll(train.reads());
              train.reads().clear();
            }

            @Override
            public void epochEnded(TrainingRun run, EpochReport report) {
              readBefore.addAll(test.reads());
            }
          })
          .train(new DataParts("watched", train, test, "here"));
      assertThat(result.selectedOn()).isEqualTo(Part.VALIDATION);
      assertThat(Objects.requireNonNull(result.test()).images()).isEqualTo(12);
      assertThat(result.test())
          .isEqualTo(vae.evaluate(DATA.test(), 16, Transforms.none(), OPTIONS.seed()));
    }
    assertThat(readBefore).isEmpty();
    assertThat(test.reads()).hasSize(12).doesNotHaveDuplicates();
    assertThat(recorder.epochs)
        .extracting(report -> Objects.requireNonNull(report.validation()).images())
        .containsExactly(4, 4, 4);
    // One step an epoch, so that what was read before it is what it learns from.
    assertThat(new HashSet<>(learned.subList(0, 36))).hasSize(36);
  }

  @Test
  @DisplayName(
      "does not look at the test part when it is cut short, but does when patience is over")
  void looksOnlyInTheEnd() {
    Watched test = new Watched(DATA.test());
    TrainingResult cut = train(test, OPTIONS, stopAt(4));
    assertThat(cut.test()).isNull();
    assertThat(test.reads()).isEmpty();
    Schedule jump = Schedule.parse("lr", "0.001,1=20");
    TrainingResult waited =
        train(test, OPTIONS.withEpochs(50).withPatience(2).withLearningRate(jump));
    assertThat(waited.stopReason()).isEqualTo("no better validation ELBO for 2 epochs");
    assertThat(waited.bestEpoch()).isEqualTo(1);
    assertThat(waited.test()).isNotNull();
    assertThat(test.reads()).hasSize(12);
  }

  @Test
  @DisplayName("chooses by the test part where there is no validation part, and says so")
  void choosesByTheTestPart() {
    Watched test = new Watched(DATA.test());
    TrainingResult result = train(test, OPTIONS.withValidation(Holdout.none()));
    assertThat(result.selectedOn()).isEqualTo(Part.TEST);
    assertThat(result.test()).isNotNull().isEqualTo(result.validation());
    assertThat(test.reads()).hasSize(36);
  }

  @Test
  @DisplayName("stops when the validation ELBO has not improved for as many epochs as it may wait")
  void stopsEarly() {
    try (Vae vae = newVae()) {
      Schedule jump = Schedule.parse("lr", "0.001,1=20");
      TrainingResult result = vae.trainer(
              OPTIONS.withEpochs(50).withPatience(2).withLearningRate(jump))
          .train(DATA.train(), DATA.test());
      assertThat(result.epochs()).isEqualTo(3);
      assertThat(result.stopReason()).contains("2 epochs");
    }
  }

  @Test
  @DisplayName("stops a diverging training, names the step, and keeps the last good checkpoint")
  void noticesDivergence(@TempDir Path directory) {
    ModelFolder folder = new ModelFolder(directory);
    // With a σ of the decoder's own, a great step sends its exponential beyond every float.
    try (Vae vae = newVae(ComponentConfig.of("gaussian").with("sigma", "learned"))) {
      Schedule jump = Schedule.parse("lr", "0.001,1=900");
      Trainer trainer =
          vae.trainer(OPTIONS.withLearningRate(jump)).checkpoints(checkpoints(vae, folder));
      assertThatThrownBy(() -> trainer.train(DATA.train(), DATA.test()))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("diverged at step")
          .hasMessageContainingAll(
              "the log-likelihood is", "lower the learning rate", "--skip-above")
          .hasMessageContaining("the checkpoint of step 3 in " + directory + " is kept");
    }
    assertThat(TrainingState.of(folder.load()).step()).isEqualTo(3);
  }

  @Test
  @DisplayName(
      "reports the bound with weight 1, in training and validation, whatever the KL weight")
  void reportsTheBound() {
    Recorder recorder = new Recorder();
    try (Vae vae = newVae()) {
      vae.trainer(OPTIONS.withEpochs(1).withKlWeight(Schedule.constant(50)))
          .listener(recorder)
          .train(DATA.train(), DATA.test());
    }
    StepReport step = recorder.steps.get(0);
    double logLikelihood = value(step, "log_likelihood");
    double kl = value(step, "kl");
    assertThat(value(step, "elbo")).isCloseTo(logLikelihood - kl, within(1e-3));
    assertThat(step.loss()).isCloseTo(50 * kl - logLikelihood, within(1e-2));
    Metrics validation = Objects.requireNonNull(recorder.epochs.get(0).validation());
    assertThat(validation.elbo())
        .isCloseTo(validation.logLikelihood() - validation.kl(), within(1e-3));
  }

  private static double value(StepReport step, String term) {
    return Objects.requireNonNull(step.terms().get(term));
  }

  @Test
  @DisplayName("follows the schedules of learning rate and KL weight")
  void followsSchedules() {
    Recorder recorder = new Recorder();
    try (Vae vae = newVae()) {
      vae.trainer(OPTIONS
              .withEpochs(2)
              .withLearningRate(Schedule.parse("lr", "1e-3,1=1e-4"))
              .withKlWeight(Schedule.parse("beta", "0..1@1")))
          .listener(recorder)
          .train(DATA.train(), null);
    }
    assertThat(recorder.steps)
        .extracting(StepReport::learningRate)
        .containsExactly(1e-3, 1e-3, 1e-3, 1e-4, 1e-4, 1e-4);
    assertThat(recorder.steps)
        .extracting(report -> report.schedules().get(Objective.KL_WEIGHT))
        .containsExactly(0.0, 1.0 / 3, 2.0 / 3, 1.0, 1.0, 1.0);
  }

  @Test
  @DisplayName("owns its folder: another training is refused at its start, before any step")
  void ownsItsFolder(@TempDir Path directory) throws Exception {
    ModelFolder folder = new ModelFolder(directory);
    AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
    Recorder second = new Recorder();
    try (Vae vae = newVae();
        Vae other = newVae()) {
      TrainingListener rival = onFirstStep(run -> {
        Thread thread = new Thread(() -> refused.set(catchThrowable(() -> other
            .trainer(OPTIONS)
            .checkpoints(checkpoints(other, folder))
            .listener(second)
            .train(DATA.train(), null))));
        thread.start();
        join(thread);
      });
      vae.trainer(OPTIONS)
          .checkpoints(checkpoints(vae, folder))
          .listener(rival)
          .train(DATA.train(), null);
      // Its end frees the folder.
      other.save(directory);
    }
    assertThat(refused.get())
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(directory + " is being written to");
    assertThat(second.steps).isEmpty();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("says which state the folder holds when its thread is interrupted while it saves")
  void interruptedWhileSaving(@TempDir Path directory) {
    ModelFolder folder = new ModelFolder(directory);
    try (Vae vae = newVae()) {
      Trainer trainer = vae.trainer(OPTIONS)
          .checkpoints(checkpoints(vae, folder))
          .listener(new TrainingListener() {
            @Override
            public void epochEnded(TrainingRun run, EpochReport report) {
              if (report.epoch() == 2) {
                Thread.currentThread().interrupt();
              }
            }
          });
      assertThatThrownBy(() -> trainer.train(DATA.train(), null))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("the thread was interrupted")
          .hasMessageContaining(
              "the checkpoint of step 3 in " + directory + " is kept (whole epochs done: 1)");
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(TrainingState.of(folder.load()).step()).isEqualTo(3);
  }

  @Test
  @DisplayName("can be stopped from another thread")
  void stopsFromOutside() throws InterruptedException {
    try (Vae vae = newVae()) {
      Trainer trainer = vae.trainer(OPTIONS.withEpochs(1_000_000));
      Thread other = new Thread(() -> trainer.stop("asked to"));
      TrainingResult result =
          trainer.listener(onFirstStep(run -> other.start())).train(DATA.train(), null);
      other.join();
      assertThat(result.stopReason()).isEqualTo("asked to");
    }
  }

  private static TrainingListener onFirstStep(Consumer<TrainingRun> action) {
    return new TrainingListener() {
      @Override
      public void stepped(TrainingRun run, StepReport report) {
        if (report.step() == 1) {
          action.accept(run);
        }
      }
    };
  }

  @Test
  @DisplayName("refuses images of another size before it computes")
  void refusesOtherImages() {
    try (Vae vae = Vae.builder().backend(new ReferenceModule()).mlp(4).latent(2).build()) {
      assertThatThrownBy(() -> vae.train(DATA, OPTIONS))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("[3, 32, 32]")
          .hasMessageContaining("[1, 28, 28]");
    }
  }

  @Test
  @DisplayName("refuses to resume in the middle of an epoch that has fewer batches")
  void refusesOtherBatches(@TempDir Path directory) {
    ModelFolder folder = new ModelFolder(directory);
    train(folder, 5, null);
    TrainingState half = TrainingState.of(folder.load());
    try (Vae vae = newVae()) {
      Trainer trainer = vae.trainer(OPTIONS.withBatchSize(40)).resumeFrom(half);
      assertThatThrownBy(() -> trainer.train(DATA.train(), null))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("batch size");
    }
  }

  @Test
  @DisplayName("draws fresh coins each epoch when it binarizes at random")
  void binarizesAfresh() {
    TrainingOptions options = OPTIONS
        .withBatchSize(40)
        .withEpochs(2)
        .withTransforms(Transforms.of(Binarization.STOCHASTIC));
    Recorder still = new Recorder();
    try (Vae vae = Vae.builder()
        .backend(new ReferenceModule())
        .input(3, 32, 32)
        .mlp(4)
        .latent(2)
        .likelihood(ComponentConfig.of("bernoulli"))
        .build()) {
      // A rate too small to change a weight's effect: what differs between epochs is the data.
      vae.trainer(options.withLearningRate(Schedule.constant(1e-12)))
          .listener(still)
          .train(DATA.train(), null);
    }
    assertThat(still.steps.get(0).loss()).isNotEqualTo(still.steps.get(1).loss());
  }
}

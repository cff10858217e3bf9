package io.github.jvae.spark;

import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.SavedModel;
import io.github.jvae.data.Condition;
import io.github.jvae.data.Covariates;
import io.github.jvae.data.Examples;
import io.github.jvae.error.DataException;
import io.github.jvae.internal.Digests;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.StepReport;
import io.github.jvae.train.Trainer;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import io.github.jvae.train.TrainingState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training of a model by one worker, alone or among others. All workers take the same steps on
 * the same batches; the first one keeps checkpoints and has the result.
 */
final class Training {
  private static final int CHECKED = 256;

  private final FitPlan plan;
  private final Workers workers;
  private final VaeConfig config;
  private final TrainingOptions options;
  private final LocalRows train = new LocalRows();
  private final LocalRows validation = new LocalRows();
  private long high;
  private long low;

  Training(FitPlan plan, Workers workers) {
    this.plan = plan;
    this.workers = workers;
    this.config = plan.config();
    this.options = plan.training();
  }

  /**
   * Trains.
   *
   * @param rows that this worker holds, in their order
   * @return the model, of the first worker; empty of the others
   */
  Optional<ModelContent> on(Iterator<TrainingRow> rows) {
    read(rows);
    List<String> told =
        workers.tell(train.count() + " " + validation.count() + " " + high + " " + low);
    int[] trainCounts = counts(told, 0);
    int[] validationCounts = counts(told, 1);
    if (total(trainCounts) == 0) {
      throw new DataException("there are no rows to train on; give some, of which"
          + " validationIndicatorCol says false");
    }
    try (Vae vae = plan.engine().builder().config(config).seed(options.seed()).build()) {
      requireSupport(vae.runtime(), train);
      requireSupport(vae.runtime(), validation);
      Examples trained = examples(train, trainCounts);
      Examples judged =
          total(validationCounts) == 0 ? null : examples(validation, validationCounts);
      return train(vae, trained, judged, fingerprint(told));
    }
  }

  private void read(Iterator<TrainingRow> rows) {
    while (rows.hasNext()) {
      TrainingRow row = rows.next();
      (row.isValidation() ? validation : train).add(row);
      RowKey key = row.key();
      // A sum, as that is the same however the rows are divided.
      high += key.high();
      low += key.low();
    }
  }

  private static int[] counts(List<String> told, int place) {
    return told.stream()
        .mapToInt(message -> Integer.parseInt(message.split(" ", -1)[place]))
        .toArray();
  }

  private static int total(int[] counts) {
    long sum = 0;
    for (int count : counts) {
      sum += count;
    }
    if (sum > Integer.MAX_VALUE) {
      throw new DataException("there are " + sum + " rows, but a training takes up to "
          + Integer.MAX_VALUE + "; sample them first");
    }
    return (int) sum;
  }

  private String fingerprint(List<String> told) {
    long allHigh = 0;
    long allLow = 0;
    long rows = 0;
    for (String message : told) {
      String[] parts = message.split(" ", -1);
      rows += Long.parseLong(parts[0]) + Long.parseLong(parts[1]);
      allHigh += Long.parseLong(parts[2]);
      allLow += Long.parseLong(parts[3]);
    }
    MessageDigest digest = Digests.of(Digests.SHA_256);
    String all = String.join(
        "\n",
        plan.model(),
        plan.options(),
        plan.elements().name(),
        plan.engine().toString(),
        Long.toString(plan.maxSteps()),
        workers.size() + " " + rows + " " + allHigh + " " + allLow);
    digest.update(all.getBytes(StandardCharsets.UTF_8));
    return Digests.hex(digest).substring(0, 16);
  }

  /** Tells of a number without a probability before any step is taken. */
  private void requireSupport(ModelRuntime runtime, LocalRows rows) {
    int size = config.shape().size();
    for (int begin = 0; begin < rows.count(); begin += CHECKED) {
      int count = Math.min(CHECKED, rows.count() - begin);
      HostTensor some = HostTensor.zeros(config.shape().prepend(count));
      for (int row = 0; row < count; row++) {
        rows.read(begin + row, some.data(), row * size);
      }
      runtime.model().likelihood().check(some);
    }
  }

  private Examples examples(LocalRows own, int[] counts) {
    List<Condition> conditions = new ArrayList<>();
    Optional<String> name = ModelDescription.condition(config);
    if (name.isPresent()) {
      Shape shape = ModelDescription.shape(config, name.get());
      conditions.add(Covariates.of(name.get(), shape, all(own.conditions(), counts, shape)));
    }
    return SharedRows.of(config.shape(), plan.elements(), own, counts, workers, conditions);
  }

  /** Returns the conditions of all workers' rows: they are small, so that each worker has all. */
  private float[] all(float[] own, int[] counts, Shape shape) {
    if (workers.size() == 1) {
      return own;
    }
    float[] all = new float[Math.multiplyExact(total(counts), shape.size())];
    List<float[]> blocks = new ArrayList<>();
    for (int worker = 0; worker < counts.length; worker++) {
      blocks.add(worker == workers.rank() ? own : new float[counts[worker] * shape.size()]);
    }
    workers.rows().gather(blocks);
    int place = 0;
    for (float[] block : blocks) {
      System.arraycopy(block, 0, all, place, block.length);
      place += block.length;
    }
    return all;
  }

  private Optional<ModelContent> train(
      Vae vae, Examples trained, @Nullable Examples judged, String fingerprint) {
    Trainer trainer = new Trainer(shared(vae.runtime()), options);
    Optional<CheckpointFiles> checkpoints = plan.checkpointDir().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CheckpointFiles(plan.checkpointDir(), fingerprint, plan.files().value()));
    Course course = new Course(vae, judged != null, checkpoints);
    if (checkpoints.isPresent()) {
      workers
          .fromFirst(workers.rank() == 0 ? checkpoints.get().latest() : Optional.empty())
          .ifPresent(archive -> trainer.resumeFrom(course.resume(archive)));
    }
    trainer.listener(course).train(trained, judged);
    workers.meet();
    if (workers.rank() > 0) {
      return Optional.empty();
    }
    checkpoints.ifPresent(CheckpointFiles::clear);
    return Optional.of(ModelContent.of(new SavedModel(course.config(), course.result())));
  }

  private ModelRuntime shared(ModelRuntime runtime) {
    return workers.size() == 1
        ? runtime
        : new ModelRuntime(
            new ParallelBackend(
                runtime.backend(), workers.gradients(), workers.rank(), workers.size()),
            runtime.example(),
            runtime.conditions(),
            runtime.model(),
            runtime.objective());
  }

  /** What happens on the way: checkpoints, the best epoch, the end. */
  private final class Course implements TrainingListener {
    private final Vae vae;
    private final boolean judged;
    private final Optional<CheckpointFiles> checkpoints;
    private Map<String, HostTensor> best = Map.of();

    Course(Vae vae, boolean judged, Optional<CheckpointFiles> checkpoints) {
      this.vae = vae;
      this.judged = judged;
      this.checkpoints = checkpoints;
    }

    @Override
    public void stepped(TrainingRun run, StepReport report) {
      plan.observer().stepped(workers.rank(), report.step());
      workers.requireWanted();
      if (report.step() == plan.maxSteps()) {
        run.stop("maxSteps are taken");
      } else if (workers.rank() == 0 && report.step() % plan.checkpointInterval() == 0) {
        checkpoints.ifPresent(files -> files.write(report.step(), archive(run.state())));
      }
    }

    @Override
    public void epochEnded(TrainingRun run, EpochReport report) {
      if (judged && report.best() && workers.rank() == 0) {
        best = vae.parameters();
      }
    }

    private byte[] archive(TrainingState state) {
      return ModelContent.inTemporaryFolder(folder -> {
        ModelFolder files = new ModelFolder(folder);
        files.save(state.toCheckpoint(config(), options));
        if (!best.isEmpty()) {
          files.best().saveModel(new SavedModel(config(), best));
        }
        return Archive.of(folder);
      });
    }

    TrainingState resume(byte[] archive) {
      return ModelContent.inTemporaryFolder(folder -> resume(archive, folder));
    }

    private TrainingState resume(byte[] archive, Path folder) {
      Archive.unpack(archive, folder);
      ModelFolder files = new ModelFolder(folder);
      if (files.best().exists()) {
        best = files.best().loadModel().parameters();
      }
      return TrainingState.of(files.load());
    }

    /** Returns the best epoch's weights, if there was anything to judge by; else the last. */
    Map<String, HostTensor> result() {
      return best.isEmpty() ? vae.parameters() : best;
    }

    Options config() {
      return vae.folderConfig(Options.none()
          .with("seed", options.seed())
          .with("options", options.toOptions())
          .with("workers", workers.size()));
    }
  }
}

package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Interval;
import io.github.jvae.bench.compare.results.BackendResult.Spread;
import io.github.jvae.bench.compare.results.BackendResult.Startup;
import io.github.jvae.bench.compare.results.BackendResult.Training;
import io.github.jvae.bench.compare.results.Change;
import io.github.jvae.bench.compare.results.Change.Row;
import io.github.jvae.bench.compare.results.Change.Verdict;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.Machine;
import io.github.jvae.bench.compare.results.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What changed from one run to another. */
public final class ChangeMeasure {
  private final List<Row> rows = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  private ChangeMeasure() {}

  /**
   * Compares runs.
   *
   * @param file where the earlier one is, as it was named
   */
  public static Change between(ComparisonResults before, String file, ComparisonResults after) {
    ChangeMeasure measure = new ChangeMeasure();
    measure.compareSetups(before.setup(), after.setup());
    measure.compareMachines(before.machine(), after.machine());
    for (BackendResult now : after.backends()) {
      before.backends().stream()
          .filter(earlier -> earlier.name().equals(now.name()))
          .findFirst()
          .ifPresent(earlier -> measure.compareEngines(earlier, now));
    }
    return new Change(file, before.setup().startedAt(), measure.differences, measure.rows);
  }

  private void compareSetups(Setup was, Setup is) {
    compare("the program", was.version(), is.version());
    compare("the data set", was.data(), is.data());
    compare("the training images", was.trainImages(), is.trainImages());
    compare("the model", was.model(), is.model());
    compare("the likelihood", was.likelihood(), is.likelihood());
    compare("the batch size", was.batchSize(), is.batchSize());
    compare("the steps", was.steps(), is.steps());
    compare("the precision", was.precision(), is.precision());
    compare("the threads", was.threads(), is.threads());
    compare("the heap (MiB)", was.heapMib(), is.heapMib());
  }

  private void compareMachines(Machine was, Machine is) {
    compare("the processor", was.cpu(), is.cpu());
    compare("the cores", was.cores(), is.cores());
    compare("the system", was.os(), is.os());
    compare("Java", was.java(), is.java());
  }

  private void compare(String what, @Nullable Object was, @Nullable Object is) {
    if (!Objects.equals(was, is)) {
      differences.add(what + ": was " + was + ", is " + is);
    }
  }

  private void compareEngines(BackendResult was, BackendResult is) {
    compare("the engine of " + is.name(), was.engine(), is.engine());
    Training earlier = was.training();
    Training now = is.training();
    if (earlier != null && now != null) {
      Interval ratio =
          new RatioBootstrap().ofNumbers(now.imagesPerSecond(), earlier.imagesPerSecond());
      add(
          is.name(),
          "training (images/s)",
          Spread.of(earlier.imagesPerSecond()).median(),
          Spread.of(now.imagesPerSecond()).median(),
          ratio,
          true);
    }
    addSpread(was, is, "encoding (images/s)", use(Inference::encodeImagesPerSecond), true);
    addSpread(was, is, "decoding (images/s)", use(Inference::decodeImagesPerSecond), true);
    addSpread(was, is, "sampling (images/s)", use(Inference::sampleImagesPerSecond), true);
    addSpread(was, is, "start (ms)", start(Startup::startMs), false);
    addSpread(was, is, "first step (ms)", start(Startup::firstStepMs), false);
    addSpread(was, is, "peak memory (MiB)", BackendResult::peakRssMib, false);
  }

  private static Function<BackendResult, @Nullable Spread> use(
      Function<Inference, @Nullable Spread> part) {
    return result -> {
      Inference inference = result.inference();
      return inference == null ? null : part.apply(inference);
    };
  }

  private static Function<BackendResult, @Nullable Spread> start(Function<Startup, Spread> part) {
    return result -> {
      Startup startup = result.startup();
      return startup == null ? null : part.apply(startup);
    };
  }

  /** Where only least and most are known, the interval reaches as far as they allow. */
  private void addSpread(
      BackendResult was,
      BackendResult is,
      String quantity,
      Function<BackendResult, @Nullable Spread> part,
      boolean moreIsBetter) {
    Spread earlier = part.apply(was);
    Spread now = part.apply(is);
    if (earlier != null && now != null) {
      Interval ratio = new Interval(
          now.median() / earlier.median(), now.min() / earlier.max(), now.max() / earlier.min());
      add(is.name(), quantity, earlier.median(), now.median(), ratio, moreIsBetter);
    }
  }

  private void add(
      String backend,
      String quantity,
      double was,
      double is,
      Interval ratio,
      boolean moreIsBetter) {
    Verdict verdict = Verdict.SAME;
    if (ratio.low() > 1) {
      verdict = moreIsBetter ? Verdict.BETTER : Verdict.WORSE;
    } else if (ratio.high() < 1) {
      verdict = moreIsBetter ? Verdict.WORSE : Verdict.BETTER;
    }
    rows.add(new Row(backend, quantity, was, is, ratio, verdict));
  }
}

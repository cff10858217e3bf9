package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.MeasuringEvent.Drawn;
import io.github.jvae.bench.compare.MeasuringEvent.Ended;
import io.github.jvae.bench.compare.MeasuringEvent.Judged;
import io.github.jvae.bench.compare.MeasuringEvent.Started;
import io.github.jvae.bench.compare.MeasuringEvent.Stepped;
import io.github.jvae.bench.compare.MeasuringEvent.Tested;
import io.github.jvae.bench.compare.MeasuringEvent.Used;
import io.github.jvae.bench.compare.results.BackendResult.Inference;
import io.github.jvae.bench.compare.results.BackendResult.Phase;
import io.github.jvae.bench.compare.results.BackendResult.Pictures;
import io.github.jvae.bench.compare.results.BackendResult.Quality;
import io.github.jvae.bench.compare.results.LossCurve;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one process has told so far; whatever it did not come to is null or empty. */
public final class Repetition {
  /** The first steps run code that Java has not compiled yet. */
  private static final double WARM_UP_SHARE = 0.1;

  private static final int LONGEST_WARM_UP = 50;

  private static final int BLOCKS = 10;

  private final int planned;
  private final List<Integer> images = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Judged> judgements = new ArrayList<>();
  private final List<MeasuringEvent.Phase> phases = new ArrayList<>();
  private @Nullable Started started;
  private @Nullable Quality quality;
  private @Nullable Inference inference;
  private @Nullable Pictures pictures;
  private @Nullable Ended ended;

  /** @param steps how many are planned */
  Repetition(int steps) {
    planned = steps;
  }

  /** Some steps and how long they took. */
  record Block(long images, double seconds) {
    double imagesPerSecond() {
      return images / seconds;
    }
  }

  void add(MeasuringEvent event) {
    if (event instanceof Started start) {
      started = start;
    } else if (event instanceof MeasuringEvent.Phase phase) {
      phases.add(phase);
    } else if (event instanceof Stepped stepped) {
      images.addAll(stepped.images());
      seconds.addAll(stepped.seconds());
      losses.addAll(stepped.losses());
    } else if (event instanceof Judged judged) {
      judgements.add(judged);
    } else if (event instanceof Tested tested) {
      quality = tested.quality();
    } else if (event instanceof Used used) {
      inference = used.inference();
    } else if (event instanceof Drawn drawn) {
      pictures = drawn.pictures();
    } else if (event instanceof Ended end) {
      ended = end;
    }
  }

  /** How many steps were taken. */
  public int steps() {
    return losses.size();
  }

  /** The last loss, nats per example; not a number before there is one. */
  public double lastLoss() {
    return losses.isEmpty() ? Double.NaN : losses.get(losses.size() - 1);
  }

  /** What the process does at present, for a person who watches. */
  public String activity() {
    if (ended != null) {
      return "done";
    }
    if (started == null) {
      return "starting";
    }
    if (steps() < planned) {
      return "step " + steps() + "/" + planned;
    }
    return "using the model";
  }

  /** Whether it told of its end. */
  boolean isWhole() {
    return ended != null;
  }

  /**
   * The steps that count for speed, in up to ten blocks. Apart are a tenth of the steps, at most
   * 50, to warm up, and the first of each batch size, which records a computation.
   */
  List<Block> blocks() {
    int warmUp = Math.min(LONGEST_WARM_UP, (int) Math.ceil(planned * WARM_UP_SHARE));
    Set<Integer> sizes = new HashSet<>();
    List<Integer> counting = new ArrayList<>();
    for (int i = 0; i < steps(); i++) {
      if (!sizes.add(images.get(i)) && i >= warmUp) {
        counting.add(i);
      }
    }
    int count = Math.min(BLOCKS, counting.size());
    List<Block> blocks = new ArrayList<>();
    for (int block = 0; block < count; block++) {
      long sum = 0;
      double time = 0;
      int end = counting.size() * (block + 1) / count;
      for (int i = counting.size() * block / count; i < end; i++) {
        sum += images.get(counting.get(i));
        time += seconds.get(counting.get(i));
      }
      blocks.add(new Block(sum, time));
    }
    return blocks;
  }

  /**
   * Training images per second, the median of the blocks: what disturbed one of them does not
   * count. Null before enough steps were taken.
   */
  public @Nullable Double imagesPerSecond() {
    List<Block> blocks = blocks();
    return blocks.isEmpty() ? null : (Double) RatioBootstrap.speed(blocks);
  }

  /** The losses against steps and seconds; null before the first step. */
  @Nullable
  LossCurve curve() {
    if (losses.isEmpty()) {
      return null;
    }
    List<Integer> steps = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < steps(); i++) {
      sum += seconds.get(i);
      steps.add(i + 1);
      times.add(sum);
    }
    return new LossCurve(steps, times, losses);
  }

  /** How long the first so many steps took. */
  private double secondsUntil(int step) {
    return seconds.subList(0, Math.min(step, seconds.size())).stream()
        .mapToDouble(s -> s)
        .sum();
  }

  /** The bound on the way, in order. */
  List<Judged> judgements() {
    return judgements;
  }

  /**
   * How long training took to reach a bound, on a straight line between two judgements; null if it
   * did not.
   */
  @Nullable
  Double secondsTo(double elbo) {
    double before = Double.NaN;
    double secondsBefore = 0;
    for (Judged judged : judgements) {
      double now = secondsUntil(judged.step());
      if (judged.elbo() >= elbo) {
        return Double.isNaN(before)
            ? now
            : (Double) (secondsBefore
                + (now - secondsBefore) * (elbo - before) / (judged.elbo() - before));
      }
      before = judged.elbo();
      secondsBefore = now;
    }
    return null;
  }

  /** Where the time went. */
  List<Phase> phases() {
    List<Phase> result = new ArrayList<>();
    if (started != null) {
      result.add(new Phase("start", started.startMs() / 1000 + secondsOf("data")));
    }
    if (!seconds.isEmpty()) {
      result.add(new Phase("first step", seconds.get(0)));
      result.add(new Phase("training", secondsUntil(steps()) - seconds.get(0)));
    }
    phases.stream()
        .filter(phase -> !phase.name().equals("data"))
        .forEach(phase -> result.add(new Phase(phase.name(), phase.seconds())));
    return result;
  }

  private double secondsOf(String phase) {
    return phases.stream()
        .filter(each -> each.name().equals(phase))
        .mapToDouble(MeasuringEvent.Phase::seconds)
        .sum();
  }

  /** The first step, recorded and compiled, milliseconds. */
  @Nullable
  Double firstStepMs() {
    return seconds.isEmpty() ? null : (Double) (seconds.get(0) * 1000);
  }

  @Nullable
  Started started() {
    return started;
  }

  @Nullable
  Quality quality() {
    return quality;
  }

  @Nullable
  Inference inference() {
    return inference;
  }

  @Nullable
  Pictures pictures() {
    return pictures;
  }

  @Nullable
  Double peakRssMib() {
    return ended == null ? null : ended.peakRssMib();
  }
}

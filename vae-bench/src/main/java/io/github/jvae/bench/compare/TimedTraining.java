package io.github.jvae.bench.compare;

import io.github.jvae.Vae;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.bench.compare.MeasuringEvent.Judged;
import io.github.jvae.bench.compare.MeasuringEvent.Stepped;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Examples;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Evaluator;
import io.github.jvae.train.StepInputs;
import io.github.jvae.train.StepSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains as {@link io.github.jvae.train.Trainer} does, with the same numbers, but takes the time of
 * each step alone: batches and noise are made between stretches of steps. So engines are compared
 * and not the reading of data, which is ours.
 *
 * <p>Between turns it pauses. All engines pause after the same steps, so that each stretch of steps
 * has its like on another engine close by in time.
 */
final class TimedTraining implements AutoCloseable {
  /** How often the model is judged on the way, to know when it was good enough. */
  private static final int JUDGEMENTS = 12;

  private static final int JUDGED_IMAGES = 512;
  private static final int LONGEST_STRETCH = 32;

  /** How many turns a training takes: enough that what disturbs the machine disturbs all alike. */
  private static final int TURNS = 30;

  /** Of the images of a stretch, which wait in memory; 64 MiB. */
  private static final long STRETCH_NUMBERS = 16L << 20;

  private final ComparisonPlan plan;
  private final Examples judges;
  private final Consumer<MeasuringEvent> events;
  private final Runnable pause;
  private final TrainingStep step;
  private final Evaluator evaluator;
  private final Iterator<StepInputs> feeds;
  private int done;

  TimedTraining(
      ComparisonPlan plan,
      Vae vae,
      DataParts data,
      Consumer<MeasuringEvent> events,
      Runnable pause) {
    this.plan = plan;
    this.judges = data.test().limit(JUDGED_IMAGES);
    this.events = events;
    this.pause = pause;
    StepSource source = new StepSource(vae.runtime(), plan.options(), data.train());
    this.feeds = source.endless();
    this.step = source.compile();
    this.evaluator = new Evaluator(vae.runtime());
  }

  /**
   * Takes all steps.
   *
   * @throws VaeException if the loss is no longer a finite number
   */
  void run(boolean judge) {
    // By itself, as it records and compiles.
    take(1);
    pause.run();
    int interval = Math.max(1, plan.steps() / JUDGEMENTS);
    int turn = Math.max(1, plan.steps() / TURNS);
    while (done < plan.steps()) {
      take(Math.min(following(interval), following(turn)) - done);
      if (judge && (done % interval == 0 || done == plan.steps())) {
        events.accept(new Judged(done, elbo()));
      }
      if (done % turn == 0 || done == plan.steps()) {
        pause.run();
      }
    }
  }

  /** The next multiple of a number of steps, or the last step. */
  private int following(int steps) {
    return Math.min(plan.steps(), (done / steps + 1) * steps);
  }

  private double elbo() {
    return evaluator
        .evaluate(
            judges,
            plan.options().batchSize(),
            plan.options().transforms(),
            plan.options().seed())
        .elbo();
  }

  private void take(int most) {
    List<StepInputs> stretch = prepare(most);
    List<Integer> images = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (StepInputs feed : stretch) {
      long start = System.nanoTime();
      double loss = feed.take(step).get(0).item();
      seconds.add((System.nanoTime() - start) * 1e-9);
      images.add(feed.size());
      losses.add(loss);
      done++;
      if (!Double.isFinite(loss)) {
        events.accept(new Stepped(images, seconds, losses));
        throw new VaeException(
            "training diverged: the loss of step " + done + " is " + loss + "; lower --lr");
      }
    }
    events.accept(new Stepped(images, seconds, losses));
  }

  private List<StepInputs> prepare(int most) {
    List<StepInputs> stretch = new ArrayList<>();
    long numbers = 0;
    while (stretch.size() < Math.min(most, LONGEST_STRETCH) && numbers < STRETCH_NUMBERS) {
      StepInputs feed = feeds.next();
      numbers += feed.batch().x().data().length;
      stretch.add(feed);
    }
    return stretch;
  }

  @Override
  public void close() {
    evaluator.close();
    step.close();
  }
}

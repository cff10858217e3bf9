package io.github.jvae.train;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.quantized.QuantizedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices what an expert would: settings and numbers that are no error and yet rarely what was
 * wanted. Each note is one sentence that says what is the matter and what helps; it comes once.
 *
 * <ul>
 *   <li>What the model itself says of how it takes examples.
 *   <li>A schedule that does not end within the training, such as a warm-up that is longer, or a
 *       learning rate that comes to 0 before its end.
 *   <li>Batches accumulated for an objective that compares the examples of one with each other.
 *   <li>Codes of a codebook that are hardly used when training ends.
 *   <li>A posterior that has collapsed onto the prior, or those of some latent groups.
 *   <li>Many steps of an epoch that were skipped.
 *   <li>A normal distribution's learned width that has become narrower than the gray levels are
 *       apart: from there on the bound grows without end, and not because the model gets better.
 * </ul>
 */
public final class TrainingNotes implements TrainingListener {
  /**
   * Nats per example that all latent units together tell of an image: below this, images are
   * encoded alike. Half the mean square of a unit's posterior mean is part of the divergence, so no
   * mean varies by more than 0.02 then, and a unit counts as active from 0.01.
   */
  private static final double COLLAPSED = 0.01;

  /** The part of an epoch's steps that may be skipped without a word. */
  private static final double MANY = 0.1;

  /** So many latent groups are named. */
  private static final int MOST_NAMED = 6;

  /** The part of a schedule's greatest number that nobody misses at its end. */
  private static final double NEGLIGIBLE = 1e-9;

  private final ModelRuntime runtime;
  private final Consumer<String> hearer;
  private final LearnedWidth width;
  private final List<String> notes = new ArrayList<>();
  private boolean collapseTold;
  private boolean skippingTold;
  private boolean widthTold;

  /**
   * @param runtime the model that is trained
   * @param hearer is told each note when it comes up
   */
  public TrainingNotes(ModelRuntime runtime, Consumer<String> hearer) {
    this.runtime = runtime;
    this.hearer = hearer;
    this.width = new LearnedWidth(runtime);
  }

  /** All notes so far, oldest first; a copy. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void note(String format, Object... values) {
    String sentence = String.format(Locale.ROOT, format, values);
    notes.add(sentence);
    hearer.accept(sentence);
  }

  @Override
  public void started(TrainingRun run) {
    TrainingOptions options = run.options();
    runtime.model().notes().forEach(sentence -> note("%s", sentence));
    schedule("the learning rate", options.learningRate(), run);
    schedule("the KL weight", options.klWeight(), run);
    options.schedules().forEach((name, schedule) -> {
      if (!name.equals(Objective.KL_WEIGHT)) {
        schedule(name, schedule, run);
      }
    });
    stillRate(options);
    comparing(options);
  }

  private void schedule(String what, Schedule schedule, TrainingRun run) {
    int epochs = run.options().epochs();
    double last = schedule.at(epochs - 1.0 / run.stepsPerEpoch());
    if (schedule.end() >= epochs && isShortOfItsEnd(schedule, epochs)) {
      note(
          "%s changes until epoch %s and %.3g, but training ends with epoch %d, at %.3g; give it as"
              + " many --epochs, or a shorter schedule",
          what, whole(schedule.end()), schedule.at(schedule.end()), epochs, last);
    }
  }

  /** One that comes to its end with the training has only its last step left. */
  private static boolean isShortOfItsEnd(Schedule schedule, int epochs) {
    double reach = schedule.extremes().stream().mapToDouble(Math::abs).max().orElse(0);
    double left = schedule.at(schedule.end()) - schedule.at(Math.nextDown((double) epochs));
    return Math.abs(left) > NEGLIGIBLE * reach;
  }

  private void comparing(TrainingOptions options) {
    Objective objective = runtime.objective();
    if (options.accumulate() > 1 && !objective.averagesExamples()) {
      note(
          "objective %s compares the examples of a batch with each other, which are %d of the %d of a"
              + " step; give a greater --batch-size in place of --accumulate if it fits into memory",
          objective.name(), options.batchSize(), options.stepSize());
    }
  }

  private void stillRate(TrainingOptions options) {
    Schedule rate = options.learningRate();
    if (rate.end() > 0 && rate.end() < options.epochs() && rate.at(rate.end()) == 0) {
      note(
          "the learning rate is 0 from epoch %s on, so nothing is learned until training ends with"
              + " epoch %d; give fewer --epochs, or a longer schedule",
          whole(rate.end()), options.epochs());
    }
  }

  private static String whole(double epoch) {
    return epoch == Math.rint(epoch) ? Long.toString((long) epoch) : Double.toString(epoch);
  }

  @Override
  public void epochEnded(TrainingRun run, EpochReport report) {
    Metrics judged = report.validation();
    Double kl = judged == null ? report.terms().get(Loss.KL) : (Double) judged.kl();
    // Exactly 0 is the divergence of a model that has no posterior, such as a classifier.
    if (!collapseTold && kl != null && kl != 0 && kl < COLLAPSED) {
      collapseTold = true;
      note(
          "after epoch %d the posterior has collapsed onto the prior: KL is %.2g nats/example, so the"
              + " latent units tell nothing of an image; what helps is a KL weight that grows from 0"
              + " (--beta 0..1@10), a narrower likelihood (a smaller --sigma, or --sigma shared), or"
              + " more epochs where the learning rate is very small",
          report.epoch(), kl);
    }
    collapsedGroups(report, kl);
    skippedSteps(run, report);
    deadCodes(run, report);
    if (!widthTold && width.isBelowLevels()) {
      widthTold = true;
      note(
          "after epoch %d the learned sigma of %s is below %.2g, half a step between gray levels:"
              + " a density may grow without end there, as on pixels that never change, and the ELBO"
              + " with it, with no better images; take a fixed --sigma, or --likelihood"
              + " discretized-logistic, which gives the levels a probability",
          report.epoch(), width.where(), LearnedWidth.LEAST);
    }
  }

  /** Told after the first epoch, when something can still be done about it cheaply. */
  private void collapsedGroups(EpochReport report, @Nullable Double kl) {
    if (collapseTold || report.epoch() > 1 || kl == null || kl < COLLAPSED) {
      return;
    }
    Map<String, Double> terms =
        report.validation() == null ? report.terms() : report.validation().terms();
    List<String> all = runtime.model().groups().stream().map(LatentGroup::name).toList();
    List<String> collapsed = all.stream()
        .filter(group -> terms.getOrDefault(Loss.klOf(group), COLLAPSED) < COLLAPSED)
        .toList();
    if (!collapsed.isEmpty()) {
      collapseTold = true;
      note(
          "after epoch %d the posteriors of %d of %d latent groups have collapsed onto their priors: KL"
              + " is below %.2g nats/example in %s%s; what helps is a KL weight that grows from 0"
              + " (--beta 0..1@10), or free nats for each group (--objective free-bits --objective.per"
              + " group)",
          report.epoch(),
          collapsed.size(),
          all.size(),
          COLLAPSED,
          String.join(", ", collapsed.subList(0, Math.min(MOST_NAMED, collapsed.size()))),
          collapsed.size() > MOST_NAMED ? " and others" : "");
    }
  }

  private void skippedSteps(TrainingRun run, EpochReport report) {
    int steps = run.stepsPerEpoch();
    for (EpochGradients gradients : report.gradients()) {
      if (!skippingTold && gradients.skipped() > MANY * steps) {
        skippingTold = true;
        note(
            "in epoch %d %d of %d steps were skipped, as the norm of their gradients was not finite or"
                + " above %.3g%s; what helps is a lower --lr, or a greater --skip-above with --clip-norm"
                + " beside",
            report.epoch(),
            gradients.skipped(),
            steps,
            run.options().optimizer().limits().skipAbove(),
            Double.isNaN(gradients.meanNorm())
                ? ""
                : String.format(
                    Locale.ROOT,
                    ": it was %.3g on average and %.3g at most where it was finite",
                    gradients.meanNorm(),
                    gradients.greatestNorm()));
      }
    }
  }

  private void deadCodes(TrainingRun run, EpochReport report) {
    double dead = report.terms().getOrDefault(QuantizedModel.DEAD_CODES, 0.0);
    if (report.epoch() == run.options().epochs() && dead >= 1) {
      note(
          "%.0f codes of the codebook are dead: they are used less than a hundredth as often as codes"
              + " are on average; fewer codes would do as well, or train longer",
          dead);
    }
  }

  @Override
  public void ended(TrainingRun run, TrainingResult result) {
    width.close();
  }
}

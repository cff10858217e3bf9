package io.github.jvae.train;

import io.github.jvae.evaluate.Metrics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the data.
 *
 * @param epoch counted from 1
 * @param step steps taken so far
 * @param seconds time spent in training steps and waiting for batches, validation left out; of the
 *     part since a resume
 * @param imagesPerSecond images trained on per second of that
 * @param loss the mean over the epoch, nats per example; skipped steps count where their numbers
 *     are finite
 * @param terms the objective's terms by name, means over the epoch, nats per example
 * @param gradients what the gradients were, the model's first and then its adversary's, where the
 *     optimizer has limits
 * @param validation how the model does on the part of the data by which the best epoch is chosen,
 *     see {@link TrainingRun#selectedOn}; null if that is the training part
 * @param average how the averaged weights do on that part; null if none are kept
 * @param best whether this is the best epoch so far, by the objective's criterion on that part,
 *     which is the ELBO unless the objective says otherwise
 * @param bestAverage whether the averaged weights are the best ones so far, by themselves
 */
public record EpochReport(
    int epoch,
    long step,
    double seconds,
    double imagesPerSecond,
    double loss,
    Map<String, Double> terms,
    List<EpochGradients> gradients,
    @Nullable Metrics validation,
    @Nullable Metrics average,
    boolean best,
    boolean bestAverage) {}

package io.github.jvae.train;

import io.github.jvae.backend.GradientNorm;
import java.util.List;
import java.util.Map;

/**
 * One step, with the numbers before its update.
 *
 * @param step counted from 1 over the whole training
 * @param epoch counted from 1
 * @param stepInEpoch counted from 1
 * @param learningRate the learning rate of this step
 * @param schedules the value that each of the objective's schedules had at this step
 * @param loss what was minimised: mean over the batch, nats per example
 * @param terms the objective's terms by name: means over the batch, nats per example
 * @param gradients what the gradients were, the model's first and then its adversary's, where the
 *     optimizer has limits; the loss and the terms of a skipped step may not be finite
 */
public record StepReport(
    long step,
    int epoch,
    int stepInEpoch,
    double learningRate,
    Map<String, Double> schedules,
    double loss,
    Map<String, Double> terms,
    List<GradientNorm> gradients) {}

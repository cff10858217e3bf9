package io.github.jvae.train;

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
 */
public record StepReport(
    long step,
    int epoch,
    int stepInEpoch,
    double learningRate,
    Map<String, Double> schedules,
    double loss,
    Map<String, Double> terms) {}

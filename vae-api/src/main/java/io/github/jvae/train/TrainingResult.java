package io.github.jvae.train;

import io.github.jvae.data.Part;
import io.github.jvae.evaluate.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * How training ended.
 *
 * @param steps steps taken, those before a resume included
 * @param skippedSteps how many of these were skipped by the optimizer of the model or of its
 *     adversary, for gradients that were too great or not finite
 * @param epochs whole epochs done
 * @param bestEpoch the best of them, counted from 1; 0 before the first
 * @param bestAverageEpoch the one whose averaged weights were the best, counted from 1; 0 before
 *     the first, and where none are kept
 * @param imagesPerSecond images per second of training since the start or resume; steps that
 *     recorded a computation and time spent on validation and checkpoints left out; not a number if
 *     no other step was taken
 * @param selectedOn the part of the data by which the best epoch was chosen
 * @param validation how the model did on that part at the end of the last whole epoch; null if it
 *     is the training part
 * @param test how the model did on the test part at the end; null if it was given none, or training
 *     was cut short and has a validation part to be judged by meanwhile
 * @param average how the averaged weights did on the test part; null if none are kept, or as for
 *     {@code test}
 * @param stopReason why training ended before its last epoch, or null if it did not
 */
public record TrainingResult(
    long steps,
    long skippedSteps,
    int epochs,
    int bestEpoch,
    int bestAverageEpoch,
    double imagesPerSecond,
    Part selectedOn,
    @Nullable Metrics validation,
    @Nullable Metrics test,
    @Nullable Metrics average,
    @Nullable String stopReason) {}

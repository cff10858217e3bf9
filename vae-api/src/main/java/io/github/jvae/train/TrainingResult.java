package io.github.jvae.train;

import io.github.jvae.evaluate.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * How training ended.
 *
 * @param steps steps taken, those before a resume included
 * @param epochs whole epochs done
 * @param imagesPerSecond images per second of training since the start or resume; steps that
 *     recorded a computation and time spent on validation and checkpoints left out; not a number if
 *     no other step was taken
 * @param validation how the model did at the end of the last whole epoch, if there was a validation
 *     set
 * @param stopReason why training ended before its last epoch, or null if it did not
 */
public record TrainingResult(
    long steps,
    int epochs,
    double imagesPerSecond,
    @Nullable Metrics validation,
    @Nullable String stopReason) {}

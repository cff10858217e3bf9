package io.github.jvae.bench.tracking;

import io.github.jvae.Vae;
import io.github.jvae.data.Examples;
import io.github.jvae.option.Options;
import io.github.jvae.train.TrainingOptions;
import org.jspecify.annotations.Nullable;

/**
 * A training that is about to be tracked.
 *
 * @param vae the model
 * @param watched the examples by which the best epoch is chosen: some of them are reconstructed and
 *     encoded after each epoch
 * @param options how it is trained
 * @param setup all that it is made of, by name: what the trackers tell as its hyper-parameters
 * @param fromStep the steps that were taken before a resume; 0 for a new training
 * @param historySteps steps between two steps that are told; 0 for epochs only
 * @param name what people may call it, such as the name of its folder; null for none
 */
public record TrackedTraining(
    Vae vae,
    Examples watched,
    TrainingOptions options,
    Options setup,
    long fromStep,
    int historySteps,
    @Nullable String name) {}

package io.github.jvae.bench.training;

import io.github.jvae.Vae;
import io.github.jvae.data.ImageData;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingState;
import org.jspecify.annotations.Nullable;

/**
 * All that a training needs, checked and ready.
 *
 * @param vae the model
 * @param data what it learns from
 * @param source the data set as it was asked for
 * @param options how to train
 * @param provenance what is kept of its making
 * @param state where to go on from; null for a new training
 * @param folder where to save it; null for nowhere
 * @param historySteps steps between two lines of history; 0 for lines of epochs only
 */
public record TrainingJob(
    Vae vae,
    ImageData data,
    String source,
    TrainingOptions options,
    Provenance provenance,
    @Nullable TrainingState state,
    @Nullable OutputFolder folder,
    int historySteps) {}

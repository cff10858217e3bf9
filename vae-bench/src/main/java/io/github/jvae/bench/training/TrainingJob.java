package io.github.jvae.bench.training;

import io.github.jvae.Vae;
import io.github.jvae.bench.tracking.Tracking;
import io.github.jvae.data.DataParts;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a training needs, checked and ready.
 *
 * @param vae the model
 * @param data the data set, before the options hold any of it out
 * @param source the data set as it was asked for
 * @param options how to train
 * @param record what is kept of its making
 * @param state where to go on from; null for a new training
 * @param folder where to save it; null for nowhere
 * @param place where this machine finds the data again; null where that is not to be kept
 * @param settings what it runs on
 * @param notes what is to be said of it before it begins
 * @param tracking where it is told while it runs; prepared, and not begun
 */
public record TrainingJob(
    Vae vae,
    DataParts data,
    String source,
    TrainingOptions options,
    TrainingRecord record,
    @Nullable TrainingState state,
    @Nullable OutputFolder folder,
    @Nullable DataPlace place,
    RunSettings settings,
    List<String> notes,
    Tracking tracking) {}

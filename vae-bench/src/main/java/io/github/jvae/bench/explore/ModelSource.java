package io.github.jvae.bench.explore;

import io.github.jvae.Vae;
import io.github.jvae.data.Transforms;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model to explore, and what goes with it.
 *
 * @param name what the page calls it
 * @param vae the model, which the explorer closes
 * @param folder where it is saved, if it is
 * @param transforms what was done to the examples that it was trained on: without it, what it makes
 *     is not in the units of its data
 * @param shown the examples that can be looked at; empty where they are not at hand
 * @param usual those that it was trained on, by which scores are judged; empty as before
 * @param table how its rows are read, where its examples are rows of a table
 * @param engine describes the engine that a fitted sampler runs on
 */
public record ModelSource(
    String name,
    Vae vae,
    Optional<Path> folder,
    Transforms transforms,
    Optional<ShownExamples> shown,
    Optional<ShownExamples> usual,
    Optional<TableText> table,
    Supplier<Vae.Builder> engine) {}

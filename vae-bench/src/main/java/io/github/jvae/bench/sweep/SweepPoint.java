package io.github.jvae.bench.sweep;

import org.jspecify.annotations.Nullable;

/**
 * One engine at one value of a sweep: what was measured, or why nothing was.
 *
 * @param quantity what varies
 * @param value what it was here
 * @param backend the engine's name
 * @param reading null if it failed
 * @param failure why it failed, in one sentence; null if it did not
 */
public record SweepPoint(
    SweptQuantity quantity,
    int value,
    String backend,
    @Nullable Reading reading,
    @Nullable String failure) {}

package io.github.jvae.nd4j.record;

import io.github.jvae.nd4j.memory.StoredVariable;
import java.util.List;
import java.util.Map;

/**
 * A computation that was recorded for some shapes.
 *
 * @param recording its operations
 * @param outputs what is returned
 * @param gradients what is computed beside them, by the variable that each is the gradient of
 */
public record Recorded(
    Recording recording, List<Value> outputs, Map<StoredVariable, Value> gradients) {}

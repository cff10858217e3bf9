package io.github.jvae.checkpoint;

import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;

/**
 * A model without the state of its training: enough to encode, decode and sample.
 *
 * @param config what rebuilds the model, and its provenance
 * @param parameters the parameters by name
 */
public record SavedModel(Options config, Map<String, HostTensor> parameters) {}

package io.github.jvae.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;

/**
 * A model without the state of its training: enough to encode, decode and sample.
 *
 * @param config what rebuilds the model, and its provenance
 * @param parameters the parameters by name
 */
public record SavedModel(ObjectNode config, Map<String, HostTensor> parameters) {}

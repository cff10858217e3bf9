package io.github.jvae.checkpoint;

import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import java.util.Map;

/**
 * All that exact resumption needs, taken at one moment: the weights and the state of the optimizer
 * are of the same step.
 *
 * @param config what rebuilds the model, and its provenance
 * @param model the parameters by name
 * @param optimizer the state of the optimizer by name; may be empty
 * @param training where training stands: {@code step}, {@code epoch}, the position in the data …
 */
public record Checkpoint(
    Options config,
    Map<String, HostTensor> model,
    Map<String, HostTensor> optimizer,
    Options training) {}

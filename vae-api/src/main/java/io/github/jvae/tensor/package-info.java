/**
 * Tensors: {@link io.github.jvae.tensor.Shape}, numbers on the host
 * ({@link io.github.jvae.tensor.HostTensor}) and the symbolic {@link io.github.jvae.tensor.Tensor}
 * that models are written in.
 *
 * <p>Shapes are inferred and checked here, once, for every engine:
 * {@link io.github.jvae.tensor.TracedTensor} does it before a backend sees an operation. May use
 * {@code internal} and {@code error} only.
 */
@NullMarked
package io.github.jvae.tensor;

import org.jspecify.annotations.NullMarked;

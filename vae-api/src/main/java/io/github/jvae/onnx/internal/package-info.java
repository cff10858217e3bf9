/**
 * ONNX as jvae writes and reads it: models as records, their files, and computations recorded as
 * graphs, for given shapes ({@link io.github.jvae.onnx.internal.GraphTrace}) or for extents that
 * are left open. May use {@code backend}, {@code backend.support} and everything below.
 */
@NullMarked
package io.github.jvae.onnx.internal;

import org.jspecify.annotations.NullMarked;

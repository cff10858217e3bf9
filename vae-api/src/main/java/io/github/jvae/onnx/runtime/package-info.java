/**
 * A backend for models that are trained: it opens, evaluates, encodes, decodes and samples through
 * ONNX Runtime, where that is on the class path, and does not train. What it computes is what
 * {@code io.github.jvae.onnx.internal} records. May use {@code backend}, {@code backend.support},
 * {@code onnx.internal} and everything below.
 */
@NullMarked
package io.github.jvae.onnx.runtime;

import org.jspecify.annotations.NullMarked;

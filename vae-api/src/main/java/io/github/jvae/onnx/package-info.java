/**
 * ONNX files: {@link io.github.jvae.onnx.OnnxExport} writes what a model computes, for programs in
 * any language. May use the root package, {@code backend}, {@code onnx.internal} and everything
 * below.
 */
@NullMarked
package io.github.jvae.onnx;

import org.jspecify.annotations.NullMarked;

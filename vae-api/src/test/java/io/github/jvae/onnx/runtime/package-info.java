@NullMarked
package io.github.jvae.onnx.runtime;

import org.jspecify.annotations.NullMarked;

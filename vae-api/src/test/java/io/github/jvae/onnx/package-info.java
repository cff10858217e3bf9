@NullMarked
package io.github.jvae.onnx;

import org.jspecify.annotations.NullMarked;

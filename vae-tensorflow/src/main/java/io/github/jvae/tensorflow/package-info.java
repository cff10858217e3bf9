/** The TensorFlow Java backend. */
@NullMarked
package io.github.jvae.tensorflow;

import org.jspecify.annotations.NullMarked;

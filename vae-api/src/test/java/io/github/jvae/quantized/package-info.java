/** Tests of models with a codebook. */
@org.jspecify.annotations.NullMarked
package io.github.jvae.quantized;

/** The backend on Deep Java Library's PyTorch. */
@NullMarked
package io.github.jvae.djl;

import org.jspecify.annotations.NullMarked;

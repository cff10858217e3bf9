/** Tests of the words in which faults are told. */
@NullMarked
package io.github.jvae.error;

import org.jspecify.annotations.NullMarked;

/** Tests that what the documentation shows works. */
@NullMarked
package io.github.jvae.bench.documentation;

import org.jspecify.annotations.NullMarked;

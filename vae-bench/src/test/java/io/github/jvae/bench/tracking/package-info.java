/** Tests of what tells a training in other programs, with readers and servers of their own. */
@NullMarked
package io.github.jvae.bench.tracking;

import org.jspecify.annotations.NullMarked;

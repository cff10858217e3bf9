@NullMarked
package io.github.jvae.spark;

import org.jspecify.annotations.NullMarked;

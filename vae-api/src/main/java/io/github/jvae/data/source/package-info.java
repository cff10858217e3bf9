/**
 * Data sets by name or path: {@link io.github.jvae.data.source.DataSource} opens published ones,
 * which it downloads, generated ones, those of plugins
 * ({@link io.github.jvae.data.source.NamedData}), and files and folders of every format.
 *
 * <p>May use the formats' packages, {@code data} and what is below it.
 */
@NullMarked
package io.github.jvae.data.source;

import org.jspecify.annotations.NullMarked;

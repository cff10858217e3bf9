/**
 * What people and files say of a component, as values of this project's own:
 * {@link io.github.jvae.option.Options}, and {@link io.github.jvae.option.OptionDescription}, by
 * which they are checked, completed, read and explained. Knows no file format; {@code checkpoint}
 * writes and reads them as JSON.
 *
 * <p>May use {@code internal} and {@code error}.
 */
@NullMarked
package io.github.jvae.option;

import org.jspecify.annotations.NullMarked;

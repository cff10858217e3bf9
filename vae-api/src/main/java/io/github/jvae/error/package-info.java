/**
 * What goes wrong, in words a user can act on. This package depends on nothing else in the project.
 *
 * <p>Every failure that a user can cause ends as a {@link io.github.jvae.error.VaeException} whose
 * message is one line: what is wrong, where, and how to mend it. Programs print that line; a stack
 * trace is for those who ask for it. {@link io.github.jvae.internal.file.FileFault} words what goes
 * wrong with files, {@link io.github.jvae.error.Range} numbers that are out of range, and
 * {@link io.github.jvae.internal.Quote} repeats values of users and files.
 */
@NullMarked
package io.github.jvae.error;

import org.jspecify.annotations.NullMarked;

/**
 * Files people keep: tensors in the safetensors format, and the folder that holds a trained model.
 *
 * <p>{@link io.github.jvae.checkpoint.ModelFolder} is what a trainer and a command line use;
 * {@link io.github.jvae.checkpoint.Safetensors} reads and writes single files that PyTorch and the
 * model hubs share; {@link io.github.jvae.internal.file.AtomicFile} is how every file of the
 * project reaches the disk; {@link io.github.jvae.checkpoint.FolderOwner} keeps two writers apart.
 * Nothing here knows what a configuration means or which engine computes.
 *
 * <p>What is read may come from a stranger: every claim a file makes about itself is checked
 * against its actual length before memory is reserved for it, and every fault is a one-line
 * {@link io.github.jvae.error.VaeException} that names the file, the fault and the cure.
 *
 * <p>May use {@code tensor}, {@code option}, {@code internal} and {@code error}, Jackson and SLF4J,
 * and nothing else of the project.
 */
@NullMarked
package io.github.jvae.checkpoint;

import org.jspecify.annotations.NullMarked;

package io.github.jvae.bench.compare.results;

import org.jspecify.annotations.Nullable;

/**
 * Where it ran.
 *
 * @param cpu the processor's model
 * @param cores how many processors the system offers
 * @param memoryMib of the machine, MiB; null where the system does not tell
 * @param os the system and its version
 * @param arch the processor's kind
 * @param java version and vendor of the virtual machine
 */
public record Machine(
    String cpu,
    @AtLeast(1) int cores,
    @AtLeast(0) @Nullable Double memoryMib,
    String os,
    String arch,
    String java) {}

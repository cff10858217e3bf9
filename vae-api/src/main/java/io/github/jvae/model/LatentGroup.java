package io.github.jvae.model;

/**
 * Some dimensions of a latent vector that belong together: all of them in most models, a level in a
 * hierarchy. What a group costs is reported by its name.
 *
 * @param name such as {@code z}
 * @param size how many dimensions
 */
public record LatentGroup(String name, int size) {}

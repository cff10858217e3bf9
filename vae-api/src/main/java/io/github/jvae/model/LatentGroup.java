package io.github.jvae.model;

/**
 * Some dimensions of a latent vector that belong together: all of them in most models, a level or a
 * part of one in a hierarchy. What a group costs is reported by its name.
 *
 * @param name such as {@code z}
 * @param size how many dimensions
 * @param level what groups that stand beside each other in a hierarchy have in common, such as the
 *     size of their images; the name of a group that stands alone
 */
public record LatentGroup(String name, int size, String level) {
  /** A group that is a level of its own. */
  public LatentGroup(String name, int size) {
    this(name, size, name);
  }
}

package io.github.jvae.plugin;

/**
 * Makes a component from its options.
 *
 * @param <C> the kind of component
 */
@FunctionalInterface
public interface ComponentFactory<C> {

  /**
   * Makes a component.
   *
   * @param options what the configuration says beside the type; those left unread are reported as
   *     unknown
   * @throws io.github.jvae.error.VaeException if an option is out of range
   */
  C create(ComponentOptions options);
}

package io.github.jvae.plugin;

import io.github.jvae.option.Options;

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
   * @param options every option that was declared where the component is contributed, checked, with
   *     the defaults of those that the configuration leaves out; read them by
   *     {@link io.github.jvae.option.OptionDescription#in}
   * @param context what is known of the model
   * @throws io.github.jvae.error.VaeException if the options do not fit each other or the model
   */
  C create(Options options, ModelContext context);
}

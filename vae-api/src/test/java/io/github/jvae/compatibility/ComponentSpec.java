package io.github.jvae.compatibility;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Shape;

/**
 * A named component with its options, as a configuration has it.
 *
 * @param type the name in the catalogue
 * @param options the rest
 */
record ComponentSpec(String type, Options options) {

  /** Reads {@code {"type": …, option: …}}, without the options named. */
  static ComponentSpec of(String json, String... without) {
    OptionValue value = JsonFile.value(json.replace('\'', '"')).orElseThrow();
    if (!(value instanceof Options options)
        || !(options.get("type") instanceof OptionValue.Text type)) {
      throw new IllegalArgumentException("a component needs a type: " + json);
    }
    options = options.without("type");
    for (String key : without) {
      options = options.without(key);
    }
    return new ComponentSpec(type.value(), options);
  }

  /** The component, an engine's own if it has one. */
  <C> C make(OpenBackend engine, Kind<C> kind, Shape example, int latent) {
    return engine.catalogue().create(kind, type, options, ModelContext.of(example, latent));
  }

  /** What factories know once this component, too, is made. */
  <C> ModelContext addTo(ModelContext context, OpenBackend engine, Kind<C> kind) {
    return context.withMade(kind, any -> engine.catalogue().create(kind, type, options, any));
  }

  /** The component written over portable tensors. */
  <C> C makePortable(OpenBackend engine, Kind<C> kind, Shape example, int latent) {
    return engine.catalogue().createPortable(kind, type, options, ModelContext.of(example, latent));
  }
}

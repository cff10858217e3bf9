package io.github.jvae.architecture;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Layer;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers written out in a configuration: {@code [{"layer": "flatten"}, {"layer": "dense", "units":
 * 400}]}. A layer is called as its record is, in snake case, and has that record's components for
 * members.
 */
public final class LayerLists implements OptionType<List<Layer>> {
  private static final String LAYER = "layer";

  @Override
  public String label() {
    return "JSON";
  }

  @Override
  public String demand() {
    return "a list of layers, such as [{\"layer\": \"dense\", \"units\": 400}]";
  }

  @Override
  public List<Layer> read(String place, OptionValue value) {
    if (!(value instanceof OptionValue.Items items)) {
      throw mismatch(place, value);
    }
    List<Layer> layers = new ArrayList<>();
    for (OptionValue item : items.values()) {
      layers.add(layer(place + " layer " + layers.size(), item));
    }
    return List.copyOf(layers);
  }

  private static Layer layer(String place, OptionValue value) {
    if (!(value instanceof Options members)) {
      throw new ConfigurationException(
          place + " must be {\"layer\": \"…\", …}, not " + Quote.bare(value));
    }
    String whose = place + " " + Quote.bare(value) + ": ";
    LayerCodec codec =
        members.get(LAYER) instanceof OptionValue.Text name ? LayerCodec.named(name.value()) : null;
    if (codec == null) {
      throw new ConfigurationException(whose + LAYER + " must be one of "
          + String.join(", ", LayerCodec.names()) + ", not " + Quote.bare(members.get(LAYER)));
    }
    return codec.read(whose, members.without(LAYER));
  }

  @Override
  public OptionValue write(List<Layer> layers) {
    return new OptionValue.Items(layers.stream().map(LayerLists::written).toList());
  }

  private static OptionValue written(Layer layer) {
    LayerCodec codec = LayerCodec.of(layer);
    return Options.none().with(LAYER, codec.name()).with(codec.write(layer));
  }
}

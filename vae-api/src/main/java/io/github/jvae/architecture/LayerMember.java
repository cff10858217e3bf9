package io.github.jvae.architecture;

import io.github.jvae.error.Range;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Layer;
import io.github.jvae.model.OutputPadding;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member of a layer: a component of its record. A list that is left out is empty, and an output
 * padding 0; all else must be there.
 *
 * @param component the component
 * @param type what it may be
 */
record LayerMember(RecordComponent component, OptionType<Object> type) {
  private static final Map<Type, OptionType<?>> TYPES = Map.of(
      int.class, OptionType.wholeNumber(Integer.MIN_VALUE),
      Integer.class, OptionType.wholeNumber(Integer.MIN_VALUE),
      double.class, OptionType.number(Range.from(-Double.MAX_VALUE, Double.MAX_VALUE)),
      Double.class, OptionType.number(Range.from(-Double.MAX_VALUE, Double.MAX_VALUE)),
      boolean.class, OptionType.flag(),
      String.class, OptionType.text(),
      OutputPadding.class, new LayerTypes.Padding());

  /** Returns the member that a component is. */
  static LayerMember of(RecordComponent component) {
    return new LayerMember(component, type(component.getGenericType()));
  }

  @SuppressWarnings("unchecked") // It is given what it reads, and no other value.
  private static OptionType<Object> type(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type element = list.getActualTypeArguments()[0];
      OptionType<?> known =
          element == Layer.class ? new LayerLists() : new LayerTypes.ListOf(type(element));
      return (OptionType<Object>) known;
    }
    if (type instanceof Class<?> constants && constants.isEnum()) {
      return new LayerTypes.Constant(List.of(constants.getEnumConstants()));
    }
    OptionType<?> known = TYPES.get(type);
    if (known == null) {
      throw new IllegalStateException("no option of a layer can be a " + type);
    }
    return (OptionType<Object>) known;
  }

  /** Returns the name. */
  String name() {
    return component.getName();
  }

  /**
   * Reads the member.
   *
   * @param place the layer's, for messages
   * @param value null if it is left out
   * @throws VaeException that names the member and what it must be
   */
  Object read(String place, @Nullable OptionValue value) {
    if (value != null && value != OptionValue.Nothing.NOTHING) {
      return type.read(place + name(), value);
    }
    if (component.getType() == List.class) {
      return List.of();
    }
    if (component.getType() == OutputPadding.class) {
      return OutputPadding.both(0);
    }
    throw new VaeException(place + name() + " is missing; it must be " + type.demand());
  }

  /** Returns the member of a layer as {@link #read} takes it. */
  OptionValue write(Layer layer) {
    try {
      return type.write(component.getAccessor().invoke(layer));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("layers are public", e);
    }
  }
}

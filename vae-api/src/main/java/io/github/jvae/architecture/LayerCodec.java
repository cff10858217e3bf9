package io.github.jvae.architecture;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Layer;
import io.github.jvae.option.Options;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one layer becomes options and comes back, as its record says. */
final class LayerCodec {
  private static final Map<String, LayerCodec> CODECS = records(Layer.class)
      .map(LayerCodec::new)
      .collect(Collectors.toMap(LayerCodec::name, codec -> codec, (a, b) -> a, TreeMap::new));

  private final String name;
  private final Constructor<?> constructor;
  private final List<LayerMember> members;

  private LayerCodec(Class<?> type) {
    this.name =
        type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    RecordComponent[] components = type.getRecordComponents();
    this.members = Arrays.stream(components).map(LayerMember::of).toList();
    try {
      this.constructor = type.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has this constructor", e);
    }
  }

  /** Returns the records that are layers of a kind. */
  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerCodec::records);
  }

  /** Returns the codec of the layers of a name, or null if there are none. */
  static @Nullable LayerCodec named(String name) {
    return CODECS.get(name);
  }

  /** Returns the codec of a layer. */
  static LayerCodec of(Layer layer) {
    return CODECS.values().stream()
        .filter(codec -> codec.constructor.getDeclaringClass() == layer.getClass())
        .findFirst()
        .orElseThrow();
  }

  /** Returns what all layers are called. */
  static Set<String> names() {
    return CODECS.keySet();
  }

  /** Returns what the layer is called. */
  String name() {
    return name;
  }

  /**
   * Reads a layer.
   *
   * @param place the layer's, for messages
   * @throws VaeException that names the member which is not as it should be
   */
  Layer read(String place, Options given) {
    Set<String> unknown = new TreeSet<>(given.names());
    members.forEach(member -> unknown.remove(member.name()));
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(place + "a " + name + " layer has no " + Quote.list(unknown)
          + (members.isEmpty()
              ? ", nor any other member"
              : "; it has "
                  + members.stream().map(LayerMember::name).collect(Collectors.joining(", "))));
    }
    Object[] values = new Object[members.size()];
    // What is given is judged before what is missing.
    for (boolean isGiven : new boolean[] {true, false}) {
      for (int i = 0; i < values.length; i++) {
        LayerMember member = members.get(i);
        if (given.has(member.name()) == isGiven) {
          values[i] = member.read(place, given.get(member.name()));
        }
      }
    }
    return create(place, values);
  }

  private Layer create(String place, Object... values) {
    try {
      return (Layer) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof VaeException fault) {
        throw new ConfigurationException(place + fault.getMessage(), fault);
      }
      throw new IllegalStateException("layer " + name + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("layers are public", e);
    }
  }

  /** Returns a layer's members as {@link #read} takes them. */
  Options write(Layer layer) {
    Options written = Options.none();
    for (LayerMember member : members) {
      written = written.with(member.name(), member.write(layer));
    }
    return written;
  }
}

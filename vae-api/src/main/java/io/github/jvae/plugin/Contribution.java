package io.github.jvae.plugin;

import com.google.inject.Provider;
import io.github.jvae.option.internal.DeclaredOptions;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * A named component that a jar offers.
 *
 * @param options what it can be told
 * @param portable makes it, on every engine
 * @param override makes it in the backend's own operations, if the backend has it
 * @param origin the jar it comes from
 * @param <C> the kind of component
 */
record Contribution<C>(
    DeclaredOptions options,
    Provider<? extends ComponentFactory<? extends C>> portable,
    Provider<Optional<ComponentFactory<C>>> override,
    String origin) {

  /** Returns what makes the component, in the backend's own operations where it has it. */
  ComponentFactory<? extends C> preferred() {
    Optional<ComponentFactory<C>> own = override.get();
    return own.isPresent() ? own.get() : portable.get();
  }

  /** Returns the file name of the jar that a class comes from, or the class' name if none. */
  static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return type.getName();
    }
    Path path = Path.of(URI.create(source.getLocation().toString()));
    Path file = path.getFileName();
    // A folder of classes is called target/classes everywhere; the class says more.
    return file == null || !file.toString().endsWith(".jar") ? type.getName() : file.toString();
  }
}

package io.github.jvae.plugin;

import com.google.inject.TypeLiteral;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Prior;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * A named component that a jar offers.
 *
 * @param name what users call it
 * @param factory makes it
 * @param isNative whether it is in one backend's own operations rather than portable
 * @param origin the jar it comes from
 * @param <C> the kind of component
 */
record Contribution<C>(String name, ComponentFactory<C> factory, boolean isNative, String origin) {
  static final TypeLiteral<Contribution<Prior>> PRIORS = new TypeLiteral<>() {};
  static final TypeLiteral<Contribution<Likelihood>> LIKELIHOODS = new TypeLiteral<>() {};
  static final TypeLiteral<Contribution<Objective>> OBJECTIVES = new TypeLiteral<>() {};
  static final TypeLiteral<Contribution<ArchitectureTemplate>> ARCHITECTURES =
      new TypeLiteral<>() {};

  /** The file name of the jar or folder a class comes from. */
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

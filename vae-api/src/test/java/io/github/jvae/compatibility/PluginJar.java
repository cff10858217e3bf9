package io.github.jvae.compatibility;

import io.github.jvae.data.source.NamedData;
import io.github.jvae.plugin.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A plugin jar as somebody else would ship it, and the class loader that sees it. */
public final class PluginJar implements AutoCloseable {
  private static final String PACKAGE = "io.github.jvae.compatibility.plugin.";
  private static final List<String> CLASSES = List.of(
      "ExtraComponentsPlugin",
      "ExtraComponentsPlugin$MixtureFactory",
      "ColumnsLikelihood",
      "GaussianNetwork",
      "LabelPrior",
      "LogisticLikelihood",
      "EvenMixture",
      "OneOfMany",
      "PlanarFlow",
      "PlanarFlow$Bent",
      "PlanarMap",
      "ResidualEncoder",
      "TableData",
      "TwoLevelModel",
      "TwoLevels",
      "BoundedVampPrior");

  private final URLClassLoader loader;

  private PluginJar(URLClassLoader loader) {
    this.loader = loader;
  }

  /** Packs the plugin's classes and its service entry. */
  public static PluginJar pack(Path folder) throws IOException {
    Path file = folder.resolve("extra-components.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (String name : CLASSES) {
        String entry = (PACKAGE + name).replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = PluginJar.class.getClassLoader().getResourceAsStream(entry)) {
          if (bytes == null) {
            throw new IOException("the test jar lacks " + entry);
          }
          bytes.transferTo(jar);
        }
      }
      jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
      jar.write((PACKAGE + CLASSES.get(0)).getBytes(StandardCharsets.UTF_8));
      jar.putNextEntry(new JarEntry("META-INF/services/" + NamedData.class.getName()));
      jar.write((PACKAGE + "TableData").getBytes(StandardCharsets.UTF_8));
    }
    return new PluginJar(new Loader(file.toUri().toURL()));
  }

  /** Loads classes as a program does that has the jar on its class path. */
  public ClassLoader loader() {
    return loader;
  }

  /** Every plugin that the jar lists. */
  List<Plugin> plugins() {
    return ServiceLoader.load(Plugin.class, loader).stream()
        .filter(provider -> provider.type().getClassLoader() == loader)
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** Takes the plugin's classes from the jar although the tests' class path has them too. */
  private static final class Loader extends URLClassLoader {
    Loader(URL jar) {
      super(new URL[] {jar}, PluginJar.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(PACKAGE)) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}

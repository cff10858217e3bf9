package io.github.jvae.plugin.internal;

import com.google.inject.AbstractModule;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.plugin.JvaeVersion;
import io.github.jvae.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Installs a plugin, a backend's too, if it fits this version of jvae. */
public final class CheckedPlugin extends AbstractModule {
  private final Plugin plugin;
  private final String whose;

  /** @throws VaeException if the plugin needs a newer jvae */
  public CheckedPlugin(Plugin plugin) {
    this.plugin = plugin;
    this.whose = "plugin " + plugin.getClass().getName() + " (" + plugin.origin() + ")";
    plugin.neededVersion().ifPresent(this::requireVersion);
  }

  /**
   * Returns every plugin that a jar on the classpath lists.
   *
   * @throws VaeException if one cannot be loaded, or needs a newer jvae
   */
  public static List<CheckedPlugin> onClasspath() {
    List<CheckedPlugin> plugins = new ArrayList<>();
    try {
      ServiceLoader.load(Plugin.class).forEach(plugin -> plugins.add(new CheckedPlugin(plugin)));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ConfigurationException(
          "a plugin on the classpath cannot be loaded: " + Quote.message(cause(e))
              + "; take the release of it that was made for jvae " + JvaeVersion.current()
              + ", or remove its jar",
          e);
    }
    return plugins;
  }

  private static String cause(Error error) {
    return error.getCause() instanceof LinkageError cause
        ? error.getMessage() + " (" + cause + ")"
        : String.valueOf(error.getMessage());
  }

  private void requireVersion(String lowest) {
    String current = JvaeVersion.current();
    if (!JvaeVersion.isAtLeast(current, lowest)) {
      throw new ConfigurationException(
          whose + " needs jvae " + lowest + " or newer, and this is jvae " + current
              + "; use a newer jvae, or an older release of the plugin");
    }
  }

  @Override
  protected void configure() {
    try {
      install(plugin);
    } catch (LinkageError e) {
      throw JvaeVersion.mismatch(whose, e);
    }
  }
}

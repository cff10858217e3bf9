package io.github.jvae.plugin;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Properties;

/** The version of jvae that runs, which its build wrote down. */
public final class JvaeVersion {
  private static final String FILE = "version.properties";
  private static final String SNAPSHOT = "-SNAPSHOT";

  private JvaeVersion() {}

  /** Returns the version, such as {@code 0.2.0}. */
  public static String current() {
    try (InputStream file = JvaeVersion.class.getResourceAsStream(FILE)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns whether a version is not below a lowest one. A snapshot counts as what it will be.
   *
   * @throws IllegalArgumentException if one of them is no version
   */
  public static boolean isAtLeast(String version, String lowest) {
    return Version.parse(version.replace(SNAPSHOT, "")).compareTo(Version.parse(lowest)) >= 0;
  }

  /** Returns the error that something of a plugin calls what this version does not have. */
  public static VaeException mismatch(String whose, LinkageError error) {
    return new ConfigurationException(
        whose + " does not fit jvae " + current() + " ("
            + Quote.message(error.toString())
            + "); take the release of it that was made for this version",
        error);
  }
}

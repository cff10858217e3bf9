package io.github.jvae.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the file that Maven puts into its jar. */
public final class Version implements IVersionProvider {
  private static final String FILE = "/META-INF/maven/io.github.jvae/vae-bench/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "vae " + number(),
      "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
          + System.getProperty("os.arch")
    };
  }

  /** Returns the version of this program. */
  public static String number() throws IOException {
    try (InputStream file = Version.class.getResourceAsStream(FILE)) {
      if (file == null) {
        return "(not packaged)";
      }
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "");
    }
  }
}

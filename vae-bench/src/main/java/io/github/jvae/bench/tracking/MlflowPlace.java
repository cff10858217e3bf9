package io.github.jvae.bench.tracking;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where trainings are told in an MLflow tracking server.
 *
 * @param address of the server: http or https, a host, and perhaps a path
 * @param experiment the name of the experiment that runs belong to, which is made if it is missing
 */
public record MlflowPlace(URI address, String experiment) {
  private static final String EXAMPLE = "such as http://localhost:5000";

  /** @throws VaeException if the address is none of a server, or the experiment has no name */
  public MlflowPlace {
    if (address.getRawUserInfo() != null) {
      // Not repeated: what stands there may be a password.
      throw new ConfigurationException("the address of an MLflow server holds no user; leave that"
          + " out of it, and " + MlflowCredentials.cure());
    }
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean isWeb = scheme.equals("http") || scheme.equals("https");
    if (!isWeb || address.getHost() == null) {
      throw fault(address.toString());
    }
    if (address.getRawQuery() != null || address.getRawFragment() != null) {
      throw new ConfigurationException("the address of an MLflow server ends before ? and #, "
          + EXAMPLE + ", not " + Quote.of(address));
    }
    if (experiment.isBlank()) {
      throw new ConfigurationException("an experiment needs a name; give --mlflow-experiment one");
    }
  }

  /**
   * Reads an address.
   *
   * @throws VaeException as the constructor does, or if it is no address at all
   */
  public static MlflowPlace of(String address, String experiment) {
    try {
      return new MlflowPlace(new URI(address), experiment);
    } catch (URISyntaxException e) {
      // Its message repeats the address, in which a password may stand.
      throw fault(address.contains("@") ? "" : address);
    }
  }

  private static VaeException fault(String given) {
    return new ConfigurationException("--mlflow takes the http or https address of a server, "
        + EXAMPLE + (given.isEmpty() ? "" : ", not " + Quote.of(given)));
  }
}

package io.github.jvae.bench.tracking;

import io.github.jvae.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks an MLflow server, as MLflow's own clients find it out. Never told in any message. */
final class MlflowCredentials {
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final String USER = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";

  private final @Nullable String header;

  private MlflowCredentials(@Nullable String header) {
    this.header = header;
  }

  /**
   * Finds them: a user with a password or, where there is none, a token.
   *
   * @param environment variables by name
   * @throws ConfigurationException if one of them cannot be sent
   */
  static MlflowCredentials in(Map<String, String> environment) {
    String user = environment.getOrDefault(USER, "");
    String password = environment.getOrDefault(PASSWORD, "");
    if (!user.isEmpty() && !password.isEmpty()) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return new MlflowCredentials("Basic " + Base64.getEncoder().encodeToString(both));
    }
    String token = environment.getOrDefault(TOKEN, "").strip();
    // Java would refuse it too, and repeat it in the message.
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new ConfigurationException("the token in " + TOKEN
          + " has spaces or characters that are not ASCII, which cannot be sent; set it anew");
    }
    return new MlflowCredentials(token.isEmpty() ? null : "Bearer " + token);
  }

  /** Returns the value of the header {@code Authorization}; empty if nobody is named. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  /** Returns what to do where they are missing or refused. */
  static String cure() {
    return "set " + TOKEN + ", or " + USER + " and " + PASSWORD;
  }

  @Override
  public String toString() {
    return header == null ? "nobody" : "somebody";
  }
}

package io.github.jvae.bench.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An MLflow tracking server, as its REST interface of version 2.0 is asked: JSON there and back.
 * Redirections are not followed, as they would take the credentials along.
 */
final class MlflowServer {
  private static final String ROOT = "/api/2.0/mlflow/";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;
  private static final int OK = 200;
  private static final JsonMapper MAPPER = new JsonMapper();

  private static final String OTHER_ADDRESS = "check the address given with --mlflow";

  private final URI address;
  private final MlflowCredentials credentials;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param address with http or https and a host, and perhaps a path before that of the interface
   * @param patience how long to wait for a whole answer
   */
  MlflowServer(URI address, MlflowCredentials credentials, Duration patience) {
    this.address = address;
    this.credentials = credentials;
    this.patience = patience;
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(patience);
    ProxySelector proxy = ProxySelector.getDefault();
    this.client = (proxy == null ? builder : builder.proxy(proxy)).build();
  }

  /** Returns the address, without a slash at its end, as people may see it. */
  String address() {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** How long an answer is waited for. */
  Duration patience() {
    return patience;
  }

  /** Asks for what one parameter names. */
  JsonNode get(String method, String parameter, String value)
      throws ServerFault, InterruptedException {
    String query = parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return answer(method, request(method + "?" + query).GET());
  }

  /** Asks with an object. */
  JsonNode post(String method, ObjectNode body) throws ServerFault, InterruptedException {
    return answer(
        method,
        request(method)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String method) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + ROOT + method))
        .timeout(patience)
        .header("User-Agent", "jvae");
    credentials.header().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private JsonNode answer(String method, HttpRequest.Builder request)
      throws ServerFault, InterruptedException {
    HttpResponse<String> response = send(request.build());
    int status = response.statusCode();
    JsonNode json = parse(response.body());
    if (status == OK && json != null) {
      return json;
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      throw ServerFault.lasting(
          "the server refuses this user (status " + status + ")", MlflowCredentials.cure());
    }
    boolean passes = status >= SERVER_ERRORS || status == TOO_MANY;
    String code = json == null ? "" : json.path("error_code").asText("");
    if (!code.isEmpty()) {
      String words = json == null ? "" : json.path("message").asText("");
      throw ServerFault.told(
          "the server answers " + method + " with status " + status + ", " + Quote.bare(code) + ": "
              + Quote.message(Quote.line(words)),
          "mend that, or leave out --mlflow",
          code,
          passes);
    }
    if (passes) {
      throw ServerFault.passing("the server answers with status " + status, "look into its log");
    }
    throw ServerFault.lasting(
        status == OK
            ? "what answers is no MLflow tracking server: it sends no JSON, but "
                + Quote.of(Quote.line(response.body()))
            : "what answers is no MLflow tracking server: it has status " + status + " for " + ROOT
                + method,
        OTHER_ADDRESS);
  }

  /** Returns the object that an answer holds; null if it holds none. */
  private static @Nullable JsonNode parse(String body) {
    try {
      JsonNode json = MAPPER.readTree(body);
      return json != null && json.isObject() ? json : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The client's own time limit ends with the headers of an answer; this one is for all of it. */
  private HttpResponse<String> send(HttpRequest request) throws ServerFault, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw late();
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }

  private ServerFault unreachable(@Nullable Throwable cause) {
    if (cause instanceof HttpTimeoutException) {
      return late();
    }
    String start = "start it (mlflow server), or check the address given with --mlflow";
    if (cause instanceof ConnectException) {
      return ServerFault.passing(
          isUnresolved(cause) ? "there is no such host" : "it cannot be connected to", start);
    }
    return cause instanceof IOException fault
        ? ServerFault.passing(
            "the connection fails: " + Quote.message(FileFault.reason(fault)), start)
        : ServerFault.lasting("the request fails: " + Quote.message(String.valueOf(cause)), start);
  }

  private ServerFault late() {
    return ServerFault.passing(
        String.format(
            Locale.ROOT, "it gives no whole answer within %.1f s", patience.toMillis() * 1e-3),
        OTHER_ADDRESS);
  }

  private static boolean isUnresolved(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }
}

package io.github.jvae.bench.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that answers as an MLflow tracking server does, or with faults. */
public final class PretendedMlflow implements AutoCloseable {
  private static final String ROOT = "/api/2.0/mlflow/";
  private static final String EXPERIMENT = "7";
  private static final String RUN = "0123456789abcdef";

  /** What is wrong with a server. */
  public enum Fault {
    /** It takes nobody for a user. */
    UNAUTHORIZED(401, "{\"error_code\": \"UNAUTHENTICATED\", \"message\": \"who are you\"}"),
    /** Another program. */
    PAGE(200, "<html>\n<body>Welcome to nginx</body></html>"),
    /** Another program, or another path. */
    NOT_FOUND(404, "<h1>Not Found</h1>"),
    /** JSON, but not what was asked for. */
    OTHER_JSON(200, "{\"status\": \"up\"}"),
    /** A page to log in at. */
    ELSEWHERE(302, ""),
    /** A number or a name that it does not take. */
    REFUSED(400, "{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"no\\nsuch run\"}"),
    /** Its store is away. */
    BROKEN(503, "upstream gone"),
    /** It takes a request and says nothing. */
    SILENT(0, "");

    private final int status;
    private final String body;

    Fault(int status, String body) {
      this.status = status;
      this.body = body;
    }
  }

  /**
   * What was asked.
   *
   * @param method such as {@code POST runs/create}
   * @param query undecoded
   * @param body an empty object if there was none
   * @param authorization the header; empty if there was none
   */
  public record Request(String method, String query, JsonNode body, String authorization) {}

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean hasExperiment;

  /** Starts on a free port. */
  public PretendedMlflow() {
    this(0);
  }

  /** Starts on a port. */
  public PretendedMlflow(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** It has the experiment already. */
  public PretendedMlflow withExperiment() {
    hasExperiment = true;
    return this;
  }

  /** From now on, a method fails. */
  public PretendedMlflow failing(String method, Fault fault) {
    faults.put(method, fault);
    return this;
  }

  /** From now on, nothing fails. */
  public void mend() {
    faults.clear();
  }

  /** Where it is. */
  public String address() {
    return "http://" + server.getAddress().getHostString() + ":" + port();
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** All requests so far, those that failed included. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** How many requests have been answered. */
  public int answered() {
    return answered.get();
  }

  /** The bodies of the requests of a method. */
  public List<JsonNode> bodies(String method) {
    return requests.stream()
        .filter(request -> request.method().equals(method))
        .map(Request::body)
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String method = path.startsWith(ROOT) ? path.substring(ROOT.length()) : path;
      requests.add(new Request(
          exchange.getRequestMethod() + " " + method,
          Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
          new JsonMapper()
              .readTree(sent.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : sent),
          Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "")));
      Fault fault = faults.get(method);
      if (fault == null) {
        send(exchange, method);
      } else if (fault == Fault.SILENT) {
        closed.await();
      } else {
        send(exchange, fault.status, fault.body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HttpExchange exchange, String method) throws IOException {
    switch (method) {
      case "experiments/get-by-name" -> {
        if (hasExperiment) {
          send(exchange, 200, "{\"experiment\": {\"experiment_id\": \"" + EXPERIMENT + "\"}}");
        } else {
          send(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"no\"}");
        }
      }
      case "experiments/create" -> {
        hasExperiment = true;
        send(exchange, 200, "{\"experiment_id\": \"" + EXPERIMENT + "\"}");
      }
      case "runs/create" ->
        send(exchange, 200, "{\"run\": {\"info\": {\"run_id\": \"" + RUN + "\"}}}");
      case "runs/log-batch", "runs/update" -> send(exchange, 200, "{}");
      default -> send(exchange, 404, "no such method");
    }
  }

  private void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
    answered.incrementAndGet();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

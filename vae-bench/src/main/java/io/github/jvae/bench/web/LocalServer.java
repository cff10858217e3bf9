package io.github.jvae.bench.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvae.error.ClosedException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a page to browsers on this machine. Who does not know the token gets 403 and nothing else;
 * nor does a page of another origin, or one whose host is another name for this machine, as after
 * DNS rebinding. What is served may not fetch anything from elsewhere, nor be framed.
 */
public final class LocalServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);

  private static final int THREADS = 8;
  private static final int TOKEN_BYTES = 24;

  /** Of a request: so many examples as are asked for at once. */
  private static final int MOST_BYTES = 1 << 26;

  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
      + " img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
      + " frame-ancestors 'none'";

  /** Where the browser says what kind of page asks; one that follows a link has none. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final HttpServer server;
  private final ExecutorService threads;
  private final WebHandler handler;
  private final byte[] token;
  private final Set<String> hosts;

  private LocalServer(
      HttpServer server, ExecutorService threads, WebHandler handler, String token) {
    this.server = server;
    this.threads = threads;
    this.handler = handler;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    int port = server.getAddress().getPort();
    this.hosts = Stream.of("127.0.0.1", "localhost", "[::1]")
        .map(name -> name + ":" + port)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Starts serving.
   *
   * @param port to listen at, of this machine's loopback address only; 0 for any that is free
   * @param handler of requests with the token
   * @throws VaeException if the port is in use or not to be had
   */
  public static LocalServer start(int port, WebHandler handler) {
    // Answers are small: without this, each waits for the browser's delayed acknowledgement.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    // Seconds until a request has come whole: what dawdles must not keep a thread for ever.
    setUnlessGiven("sun.net.httpserver.maxReqTime", "20");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(null, task, "vae-page", 0, false);
        thread.setDaemon(true);
        return thread;
      });
      LocalServer local = new LocalServer(server, threads, handler, token());
      server.createContext("/", local::handle);
      server.setExecutor(threads);
      server.start();
      return local;
    } catch (BindException e) {
      throw new VaeException(
          "port " + port + " of this machine is in use or not allowed (" + e.getMessage()
              + "); choose another with --port, or 0 for any that is free",
          e);
    } catch (IOException e) {
      throw new VaeException("no page can be served on this machine: " + e.getMessage(), e);
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String token() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Returns where the page is, with the token. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"
        + new String(token, StandardCharsets.US_ASCII) + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isOwn(exchange)) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      try {
        WebAnswer answer = handler.answer(request(exchange));
        send(exchange, 200, answer);
      } catch (WebFault e) {
        fail(exchange, e.status(), e.getMessage());
      } catch (ClosedException e) {
        fail(exchange, 409, e.getMessage());
      } catch (VaeException e) {
        fail(exchange, 400, e.getMessage());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        LOG.warn("a request failed", e);
        fail(exchange, 500, "internal error: " + e);
      }
    } catch (IOException e) {
      // The browser has gone away meanwhile; nobody is left to tell.
      LOG.debug("a browser went away", e);
    }
  }

  private boolean isOwn(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    List<String> host = headers.getOrDefault("Host", List.of());
    List<String> origin = headers.getOrDefault("Origin", List.of());
    List<String> site = headers.getOrDefault("Sec-Fetch-Site", List.of());
    return host.size() == 1
        && hosts.contains(host.get(0))
        && (origin.isEmpty() || origin.equals(List.of("http://" + host.get(0))))
        && (site.isEmpty() || (site.size() == 1 && OWN_SITES.contains(site.get(0))))
        && hasToken(exchange.getRequestURI().getRawPath());
  }

  private boolean hasToken(String path) {
    int end = path.indexOf('/', 1);
    return end > 0
        && MessageDigest.isEqual(
            token, path.substring(1, end).getBytes(StandardCharsets.ISO_8859_1));
  }

  private WebRequest request(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    boolean post = method.equals("POST");
    if (!post && !method.equals("GET")) {
      throw new WebFault(405, "GET and POST are answered, not " + Quote.of(method));
    }
    String path = exchange.getRequestURI().getRawPath().substring(token.length + 2);
    return new WebRequest(
        path,
        WebRequest.query(exchange.getRequestURI().getRawQuery()),
        post ? body(exchange) : new byte[0]);
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      // One byte more than may be, however much is announced: what is longer is not read.
      byte[] body = in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new WebFault(413, "a request has at most " + (MOST_BYTES >> 20) + " MB");
      }
      return body;
    }
  }

  private static void fail(HttpExchange exchange, int status, @Nullable String sentence)
      throws IOException {
    send(
        exchange,
        status,
        WebAnswer.of(JsonNodeFactory.instance
            .objectNode()
            .put("error", Quote.line(String.valueOf(sentence)))));
  }

  private static void send(HttpExchange exchange, int status, WebAnswer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    byte[] body = answer.body();
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Ends at once; what is under way is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package io.github.jvae.data.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of files on this machine, with the faults that real ones have. */
final class LoopbackServer implements AutoCloseable {
  /** The requests, such as {@code a.gz} or {@code a.gz bytes=10-}. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** After how many bytes of an answer the connection breaks; -1 for never. Once only. */
  private volatile int breakAfter = -1;

  private volatile boolean ignoresRange;
  private volatile boolean stalls;

  LoopbackServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  LoopbackServer file(String name, byte[] bytes) {
    files.put("/" + name, bytes);
    return this;
  }

  LoopbackServer breakingAfter(int bytes) {
    breakAfter = bytes;
    return this;
  }

  LoopbackServer ignoringRange() {
    ignoresRange = true;
    return this;
  }

  LoopbackServer stalling() {
    stalls = true;
    return this;
  }

  URI address() {
    return URI.create("http://" + server.getAddress().getHostString() + ":"
        + server.getAddress().getPort() + "/");
  }

  URI address(String name) {
    return address().resolve(name);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Range"), "");
      requests.add((path.substring(1) + " " + range).strip());
      byte[] bytes = files.get(path);
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      int from = 0;
      if (!range.isEmpty() && !ignoresRange) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
      }
      if (from >= bytes.length) {
        exchange.getResponseHeaders().add("Content-Range", "bytes */" + bytes.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      send(exchange, bytes, from);
    }
  }

  private void send(HttpExchange exchange, byte[] bytes, int from) throws IOException {
    if (from > 0) {
      String range = "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length;
      exchange.getResponseHeaders().add("Content-Range", range);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    int length = bytes.length - from;
    if (breakAfter >= 0) {
      length = Math.min(length, breakAfter);
      breakAfter = -1;
    }
    OutputStream out = exchange.getResponseBody();
    out.write(bytes, from, length);
    out.flush();
    if (stalls) {
      stalls = false;
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

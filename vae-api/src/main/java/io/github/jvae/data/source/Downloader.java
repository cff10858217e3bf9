package io.github.jvae.data.source;

import io.github.jvae.internal.Digests;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches a file: from one of several servers, continuing where a connection broke, and showing the
 * file under its name only once it is whole and its digest right.
 *
 * <p>Bytes go to {@code NAME.part} beside the target. That file survives a broken connection, or
 * the end of the program, and the next attempt asks for the rest; it does not survive a wrong
 * digest.
 */
final class Downloader {
  /** A file that could not be fetched from anywhere: why, server by server. */
  static final class FailedException extends IOException {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  /** One attempt that failed for a reason that lies with the server or the line. */
  private static final class AttemptException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    AttemptException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  /** No data set here is nearly as large; a server that sends on and on does not fill the disk. */
  private static final long MAX_SIZE = 1L << 30;

  private static final int ATTEMPTS = 5;
  private static final long PROGRESS_NANOS = 200_000_000;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final DownloadListener listener;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param listener hears how it goes
   * @param patience how long to wait for a connection, for an answer, and for the next bytes
   */
  Downloader(DownloadListener listener, Duration patience) {
    this.listener = listener;
    this.patience = patience;
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(patience);
    ProxySelector proxy = ProxySelector.getDefault();
    this.client = (proxy == null ? builder : builder.proxy(proxy)).build();
  }

  /**
   * Fetches a file.
   *
   * @param sources the servers, in the order in which they are tried
   * @param algorithm of the digest, as {@link Digests} names it
   * @param digest the right one, in hexadecimal
   * @param target where the file goes; its folder exists
   * @throws FailedException if no server gave the right bytes
   * @throws IOException if the target cannot be written
   */
  void fetch(List<URI> sources, String algorithm, String digest, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    List<String> reasons = new ArrayList<>();
    for (URI source : sources) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        long before = Files.exists(part) ? Files.size(part) : 0;
        try {
          receive(source, part);
          check(part, algorithm, digest);
          Files.move(
              part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          syncFolder(target);
          return;
        } catch (AttemptException e) {
          listener.failed(source, e.reason);
          // Only an attempt that brought something, or cleared a stale part away, is repeated.
          boolean changed = (Files.exists(part) ? Files.size(part) : 0) != before;
          if (!changed || attempt == ATTEMPTS || (before == 0 && !Files.exists(part))) {
            reasons.add(source.getHost() + ": " + e.reason);
            break;
          }
        }
      }
    }
    throw new FailedException(String.join("; ", reasons));
  }

  private static void check(Path part, String algorithm, String digest) throws IOException {
    String actual = Digests.ofFile(part, algorithm);
    if (!actual.equals(digest)) {
      Files.delete(part);
      throw new AttemptException(String.format(
          Locale.ROOT,
          "the file has the wrong %s, %s and not %s, so it was deleted",
          algorithm,
          actual,
          digest));
    }
  }

  /** Lets the new name outlast a power cut, where the platform can. */
  private static void syncFolder(Path target) {
    try (FileChannel folder = FileChannel.open(target.resolveSibling(""))) {
      folder.force(true);
    } catch (IOException e) {
      // Windows opens no folders. The file itself is safe, and a lost name is found missing.
      return;
    }
  }

  private void receive(URI source, Path part) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpResponse<InputStream> response = request(source, have);
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == 416) {
        // What is here reaches to the end or beyond: if it is not the file, it is of no use.
        if (rangeTotal(response) != have) {
          Files.delete(part);
          throw new AttemptException("the server has no more bytes after " + have);
        }
        return;
      }
      if (status != 200 && status != 206) {
        throw new AttemptException("the server answered " + status);
      }
      long from = status == 206 ? rangeStart(response) : 0;
      if (from > have) {
        throw new AttemptException("the server skipped bytes");
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      save(source, body, part, from, length < 0 ? -1 : from + length);
    }
  }

  private HttpResponse<InputStream> request(URI source, long have) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(source).timeout(patience).header("User-Agent", "jvae");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new AttemptException("no answer within " + patience.toMillis() + " ms");
    } catch (ConnectException e) {
      boolean unresolved = e.getCause() != null && isUnresolved(e.getCause());
      throw new AttemptException(unresolved ? "unknown host" : "no connection");
    } catch (IOException e) {
      throw new AttemptException(FileFault.reason(e));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static boolean isUnresolved(Throwable cause) {
    return cause instanceof UnresolvedAddressException
        || (cause.getCause() != null && isUnresolved(cause.getCause()));
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  private static long rangeStart(HttpResponse<?> response) throws IOException {
    Matcher range = contentRange(response);
    if (!range.matches()) {
      throw new AttemptException("the server sent a part and does not say which");
    }
    return Long.parseLong(range.group(1));
  }

  private static long rangeTotal(HttpResponse<?> response) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    return range.matches("bytes \\*/\\d{1,18}") ? Long.parseLong(range.substring(8)) : -1;
  }

  private static Matcher contentRange(HttpResponse<?> response) {
    return CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
  }

  private void save(URI source, InputStream body, Path part, long from, long total)
      throws IOException {
    if (total > MAX_SIZE) {
      throw new AttemptException("the server wants to send " + total + " bytes, far too many");
    }
    long free = Files.getFileStore(part.resolveSibling("")).getUsableSpace();
    if (total - from > free) {
      throw new IOException(
          "only " + free + " bytes are free, and " + (total - from) + " are needed");
    }
    try (FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        StallGuard guard = new StallGuard(body, patience)) {
      out.truncate(from);
      out.position(from);
      long done = copy(source, body, out, guard, total);
      out.force(true);
      if (total >= 0 && done != total) {
        throw new AttemptException("the connection broke at byte " + done + " of " + total);
      }
    }
  }

  private long copy(URI source, InputStream body, FileChannel out, StallGuard guard, long total)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long reported = System.nanoTime();
    for (int n = read(body, buffer, out); n >= 0; n = read(body, buffer, out)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      guard.moved();
      if (out.position() > MAX_SIZE) {
        throw new AttemptException("the server sends on and on");
      }
      if (System.nanoTime() - reported > PROGRESS_NANOS) {
        reported = System.nanoTime();
        listener.progress(source, out.position(), total);
      }
    }
    listener.progress(source, out.position(), total);
    return out.position();
  }

  /** Reads from the line; what goes wrong there is told apart from what goes wrong on disk. */
  private static int read(InputStream body, byte[] buffer, FileChannel out) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
      throw new AttemptException("the connection broke at byte " + out.position());
    }
  }

  /** Closes a stream that brings nothing for too long: the client's own timeout ends at headers. */
  private static final class StallGuard implements AutoCloseable {
    private final AtomicLong lastMove = new AtomicLong(System.nanoTime());
    private final Thread thread;

    private StallGuard(InputStream body, Duration patience) {
      thread = new Thread(() -> watch(body, patience), "vae-download-guard");
      thread.setDaemon(true);
      thread.start();
    }

    private void moved() {
      lastMove.set(System.nanoTime());
    }

    private void watch(InputStream body, Duration patience) {
      try {
        while (System.nanoTime() - lastMove.get() < patience.toNanos()) {
          Thread.sleep(Math.max(1, patience.toMillis() / 10));
        }
        body.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        // The reader learns of it by itself.
        return;
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}

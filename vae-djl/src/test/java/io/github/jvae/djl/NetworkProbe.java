package io.github.jvae.djl;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that computes something in a process in which every connection fails, and writes down
 * which were tried.
 */
final class NetworkProbe {
  static final String ATTEMPT = "attempt: ";
  static final String RESULT = "result: ";

  private NetworkProbe() {}

  public static void main(String[] arguments) throws IOException {
    URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new Refusing() : null);
    refuseSockets();
    try (DjlBackend backend = new DjlBackend(BackendOptions.defaults())) {
      print(RESULT + backend.evaluate((t, in) -> List.of(in.get(0).exp()), HostTensor.scalar(0)));
    } catch (VaeException e) {
      print(RESULT + e.getMessage());
    }
  }

  @SuppressWarnings("deprecation") // There is no other way to see all sockets.
  private static void refuseSockets() throws IOException {
    Socket.setSocketImplFactory(() -> {
      print(ATTEMPT + "socket");
      throw new UncheckedIOException(new IOException("no network here"));
    });
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }

  private static final class Refusing extends URLStreamHandler {
    @Override
    protected @Nullable URLConnection openConnection(URL url) throws IOException {
      print(ATTEMPT + url);
      throw new IOException("no network here");
    }

    @Override
    protected @Nullable URLConnection openConnection(URL url, java.net.@Nullable Proxy proxy)
        throws IOException {
      return openConnection(url);
    }
  }
}

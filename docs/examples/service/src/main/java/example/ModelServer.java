package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvae.Vae;
import io.github.jvae.error.VaeException;
import io.github.jvae.service.RejectedException;
import io.github.jvae.service.ServiceOptions;
import io.github.jvae.service.VaeService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Answers for a saved model: {@code POST /reconstruct} and {@code POST /score} take the numbers of
 * one example as a JSON array. Run it with the model's folder and a port.
 */
public final class ModelServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 16 << 20;

  private ModelServer() {}

  public static void main(String[] args) throws IOException {
    Vae vae = Vae.load(Path.of(args[0]));
    VaeService service = vae.service(ServiceOptions.defaults().rejecting());
    HttpServer server = HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])), 0);
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.createContext("/reconstruct", exchange -> answer(exchange, service::reconstruct));
    server.createContext(
        "/score", exchange -> answer(exchange, example -> Map.of("elbo", -service.score(example).elbo())));
    server.start();
    System.out.println("listening on port " + server.getAddress().getPort());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.stop(1);
      service.close();
      vae.close();
    }));
  }

  private static void answer(HttpExchange exchange, Function<float[], Object> model)
      throws IOException {
    try {
      float[] example = JSON.readValue(exchange.getRequestBody().readNBytes(LONGEST), float[].class);
      send(exchange, 200, model.apply(example));
    } catch (JsonProcessingException e) {
      send(exchange, 400, Map.of("error", "the request is no JSON array of numbers"));
    } catch (RejectedException e) {
      send(exchange, 503, Map.of("error", e.getMessage()));
    } catch (VaeException e) {
      send(exchange, 400, Map.of("error", e.getMessage()));
    } finally {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}

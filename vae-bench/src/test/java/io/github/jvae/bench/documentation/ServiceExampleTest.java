package io.github.jvae.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvae.Vae;
import io.github.jvae.service.VaeService;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example of a service")
@Timeout(120)
final class ServiceExampleTest {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "service");
  private static final String SOURCE = "src/main/java/example/ModelServer.java";
  private static final String BACKEND = "tensorflow";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();

  private static void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled = compiler
          .getTask(
              messages,
              files,
              null,
              List.of(
                  "-d",
                  classes.toString(),
                  "-proc:none",
                  "-Xlint:all",
                  "-Werror",
                  "-classpath",
                  System.getProperty("java.class.path")),
              null,
              files.getJavaFileObjects(EXAMPLE.resolve(SOURCE)))
          .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private static Process start(Path classes, Path model) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dvae.backend=" + BACKEND,
            "-classpath",
            classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
            "example.ModelServer",
            model.toString(),
            "0")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private HttpResponse<String> ask(int port, String what, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + what))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @DisplayName("compiles, and answers as the model does, also of bad requests")
  void answers(@TempDir Path folder) throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(classes);
    float[] example = new float[16];
    for (int i = 0; i < example.length; i++) {
      example[i] = i / 16f;
    }
    float[] expected;
    double bound;
    try (Vae vae =
        Vae.builder().backend(BACKEND).input(1, 4, 4).mlp(8).latent(2).build()) {
      vae.save(folder.resolve("model"));
      expected = vae.reconstruct(HostTensor.of(Shape.of(1, 1, 4, 4), example)).data();
      try (VaeService service = vae.service()) {
        bound = -service.score(example).elbo();
      }
    }
    Process server = start(classes, folder.resolve("model"));
    try (BufferedReader lines = server.inputReader()) {
      String told = lines.readLine();
      assertThat(told).startsWith("listening on port ");
      int port = Integer.parseInt(told.replaceAll("\\D", ""));
      String body = JSON.writeValueAsString(example);
      float[] reconstruction = JSON.readValue(ask(port, "reconstruct", body).body(), float[].class);
      assertThat(reconstruction).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(reconstruction[i])
            .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-5f));
      }
      JsonNode score = JSON.readTree(ask(port, "score", body).body());
      assertThat(score.get("elbo").doubleValue())
          .isCloseTo(bound, org.assertj.core.data.Offset.offset(1e-3));
      requireRefused(ask(port, "reconstruct", "[1, 2]"), "has 2 numbers, but the model takes 16");
      requireRefused(ask(port, "score", "{"), "no JSON array");
      requireRefused(ask(port, "score", "null"), "is null");
      assertThat(ask(port, "reconstruct", body).statusCode()).isEqualTo(200);
    } finally {
      server.destroy();
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void requireRefused(HttpResponse<String> response, String told)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(response.body()).get("error").textValue()).contains(told);
  }

  @Test
  @DisplayName("depends on the version that is being built")
  void version() throws IOException {
    Pattern dependency =
        Pattern.compile("<artifactId>vae-tensorflow</artifactId>\\s*<version>([^<]+)<");
    Pattern parent = Pattern.compile("<artifactId>jvae-parent</artifactId>\\s*<version>([^<]+)<");
    assertThat(first(dependency, EXAMPLE.resolve("pom.xml")))
        .isEqualTo(first(parent, Path.of("pom.xml")));
  }

  private static String first(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}

package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.Vae;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.evaluate.AnomalyScorer;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("vae explore")
class ExploreCommandTest {
  private static final int LATENT = 2;
  private static final Shape EXAMPLE = Shape.of(3, 32, 32);

  @TempDir
  static Path shared;

  private static Path model = Path.of("");
  private static RunningCommand command;
  private static Vae vae;

  @BeforeAll
  static void open() {
    model = shared.resolve("model");
    assertThat(Outcome.ofTrainingOn("nd4j", "--epochs", "1", "--out", model.toString())
            .err())
        .isEmpty();
    command = RunningCommand.of(
        "explore", model.toString(), "--backend", "nd4j", "--threads", "1", "--limit", "64");
    vae = Vae.load(model, Vae.builder().backend("nd4j").threads(1));
  }

  @AfterAll
  static void close() {
    vae.close();
    command.close();
  }

  private static float[] example(int index) throws IOException, InterruptedException {
    return RunningCommand.floats(command.get("api/example?index=" + index));
  }

  private static String fault(HttpResponse<byte[]> answer, int status) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    return RunningCommand.json(answer).get("error").asText();
  }

  @Test
  void tellsOfTheModelAndItsData() throws IOException, InterruptedException {
    JsonNode about = command.json("api/about");
    assertThat(about.get("training").asBoolean()).isFalse();
    JsonNode first = about.get("models").get(0);
    assertThat(first.get("name").asText()).isEqualTo("model");
    assertThat(first.get("backend").asText()).isEqualTo("nd4j");
    assertThat(first.get("latent").asInt()).isEqualTo(LATENT);
    assertThat(first.get("kind").asText()).isEqualTo("image");
    assertThat(first.get("data").get("count").asInt()).isEqualTo(64);
    assertThat(first.get("outdated").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("gives to the last bit what the library gives")
  void isTheLibrary() throws IOException, InterruptedException {
    HostTensor x = HostTensor.of(EXAMPLE.prepend(1), example(5));
    float[] encoded = RunningCommand.floats(command.get("api/encode?index=5"));
    assertThat(Arrays.copyOf(encoded, LATENT)).isEqualTo(vae.encode(x).mean().data());
    assertThat(Arrays.copyOfRange(encoded, LATENT, 2 * LATENT))
        .isEqualTo(vae.encode(x).logVariance().data());
    float[] z = {0.25f, -1.5f, 2, 0};
    assertThat(RunningCommand.floats(command.post("api/decode", z)))
        .isEqualTo(vae.decode(HostTensor.of(Shape.of(2, LATENT), z)).data());
    float[] drawn = RunningCommand.floats(command.get("api/sample?count=3&seed=7"));
    HostTensor latents = vae.inference().sampleLatents(3, 7);
    assertThat(Arrays.copyOf(drawn, 3 * LATENT)).isEqualTo(latents.data());
    assertThat(Arrays.copyOfRange(drawn, 3 * LATENT, drawn.length))
        .isEqualTo(vae.decode(latents).data());
  }

  @Test
  @DisplayName("scores an example as the library does, by its number or by its numbers")
  void scores() throws IOException, InterruptedException {
    HostTensor x = HostTensor.of(EXAMPLE.prepend(1), example(3));
    try (AnomalyScorer scorer = AnomalyScorer.of(vae.runtime())) {
      AnomalyScores expected = scorer.score(x, Map.of(), 32, 1).get(0);
      JsonNode byNumber = command.json("api/score?index=3&draws=32");
      JsonNode byNumbers = RunningCommand.json(command.post("api/score?draws=32", x.data()));
      for (JsonNode found : List.of(byNumber, byNumbers)) {
        assertThat(found.get("elbo").asDouble()).isEqualTo(-expected.elbo());
        assertThat(found.get("log_likelihood").asDouble()).isEqualTo(-expected.reconstruction());
        assertThat(found.get("bound").asDouble()).isEqualTo(-expected.logLikelihood());
        assertThat(found.get("log_likelihood").asDouble() - found.get("kl").asDouble())
            .isCloseTo(found.get("elbo").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  @DisplayName("says what each pixel adds, which adds up to the reconstruction score")
  void contributions() throws IOException, InterruptedException {
    float[] parts = RunningCommand.floats(command.get("api/contributions?index=2&draws=8"));
    double sum = IntStream.range(0, parts.length).mapToDouble(i -> parts[i]).sum();
    JsonNode score = command.json("api/score?index=2&draws=8");
    assertThat(-sum).isCloseTo(score.get("log_likelihood").asDouble(), within(1e-2));
  }

  @Test
  @DisplayName("estimates log p(x) both ways, that of the posterior above the ELBO")
  void estimates() throws IOException, InterruptedException {
    JsonNode both = command.json("api/estimate?index=1&draws=256&seed=3");
    JsonNode score = command.json("api/score?index=1&draws=256");
    assertThat(both.get("posterior").asDouble()).isGreaterThan(score.get("elbo").asDouble());
    assertThat(both.get("prior").asDouble()).isFinite();
  }

  @Test
  void laysOutTheExamplesWithWhatIsKnownOfThem() throws IOException, InterruptedException {
    for (String projection : List.of("pca", "tsne")) {
      JsonNode map = command.ready("api/map?projection=" + projection);
      assertThat(map.get("x")).hasSize(64);
      assertThat(map.get("y")).hasSize(64);
      assertThat(map.get("places").get(63).asInt()).isEqualTo(63);
      assertThat(map.get("x")).allMatch(x -> Math.abs(x.asDouble()) <= 1);
      assertThat(map.get("colours")).isNotEmpty();
      for (JsonNode colour : map.get("colours")) {
        assertThat(colour.get("values")).hasSize(64);
      }
    }
    assertThat(command.ready("api/activity").get("kl")).hasSize(LATENT);
    assertThat(command.ready("api/usual").get("scores")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "api/example?index=64 | there is no example 64; they are numbered 0 to 63",
        "api/example?index=-1 | there is no example -1; they are numbered 0 to 63",
        "api/example?index=x | index must be numbers of examples, with commas between",
        "api/example | index says which examples are to be shown",
        "api/encode?index=1,2,99999 | there is no example 99999; they are numbered 0 to 63",
        "api/score?index=1,2 | one example is looked at at a time",
        "api/sample?count=0 | count must be a whole number from 1 to 1024, not '0'",
        "api/sample?temperature=NaN | temperature must be a number from 0.0 to 10.0, not 'NaN'",
        "api/sample?given.label=3 | told nothing",
        "api/sample?fix=z9 | z9",
        "api/sample?sampler=maf | no sampler",
        "api/sample?sampler=../../x | no sampler",
        "api/score?index=1&draws=100000 | draws must be a whole number from 1 to 4096",
        "api/about?model=7 | ",
        "api/activity?model=7 | model must be a whole number from 0 to 0",
        "api/cells?index=1 | no rows of a table",
      })
  void refusesWhatIsNotThere(String path, String expected)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = command.get(path);
    if (expected == null) {
      assertThat(answer.statusCode()).isEqualTo(200);
    } else {
      assertThat(fault(answer, 400)).contains(expected);
    }
  }

  @Test
  void refusesNumbersOfAnotherShapeOrNone() throws IOException, InterruptedException {
    assertThat(fault(command.post("api/decode", 1, 2, 3), 400))
        .isEqualTo("rows of 2 numbers are taken, not 3 in all");
    assertThat(fault(command.post("api/decode"), 400)).contains("not 0 in all");
    assertThat(fault(command.post("api/decode", 1, Float.NaN), 400)).contains("not finite");
    assertThat(fault(command.post("api/decode", new float[2 * 4000]), 413)).contains("at most");
    assertThat(fault(command.post("api/score", new float[10]), 400)).contains("rows of 3072");
    float[] outside = example(0);
    outside[7] = Float.POSITIVE_INFINITY;
    assertThat(fault(command.post("api/score", outside), 400)).isNotEmpty();
    assertThat(command.get("api/about").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "explorer.js", "explorer.css", "map.js"})
  void servesThePageAndForbidsItEverythingElse(String file)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = command.get(file);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api/nothing", "../../etc/passwd", "page/map.js", "Explorer.class", "%2e%2e/x"})
  void hasNoOtherFiles(String path) throws IOException, InterruptedException {
    assertThat(command.get(path).statusCode()).isIn(403, 404);
  }

  @Nested
  @DisplayName("keeps away")
  class Strangers {
    /** Asks by hand, as clients do not let their host be chosen; returns the answer whole. */
    private String ask(String path, String... headers) throws IOException, InterruptedException {
      URI address = command.address();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    private String page() throws IOException, InterruptedException {
      return command.address().getRawPath();
    }

    private String host() throws IOException, InterruptedException {
      return "127.0.0.1:" + command.address().getPort();
    }

    private void refuses(String answer) {
      assertThat(answer)
          .startsWith("HTTP/1.1 403")
          .doesNotContain("latent")
          .doesNotContain("error");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n"))).isBlank();
    }

    @Test
    void whoDoesNotKnowTheToken() throws IOException, InterruptedException {
      refuses(ask("/", "Host: " + host()));
      refuses(ask("/api/about", "Host: " + host()));
      refuses(ask("/wrong/api/about", "Host: " + host()));
      String token = page().substring(1, page().length() - 1);
      refuses(ask("/" + token.substring(1) + "x/", "Host: " + host()));
      refuses(ask("/" + token, "Host: " + host()));
      assertThat(ask(page(), "Host: " + host())).startsWith("HTTP/1.1 200");
    }

    @Test
    @DisplayName("names of other hosts that were made to lead here")
    void otherHosts() throws IOException, InterruptedException {
      refuses(ask(page(), "Host: evil.example:" + command.address().getPort()));
      refuses(ask(page(), "Host: 127.0.0.1:1"));
      refuses(ask(page(), "Host: 127.0.0.1"));
      assertThat(ask(page(), "Host: localhost:" + command.address().getPort()))
          .startsWith("HTTP/1.1 200");
    }

    @Test
    void pagesOfOtherOrigins() throws IOException, InterruptedException {
      refuses(ask(page(), "Host: " + host(), "Origin: http://evil.example"));
      refuses(ask(page(), "Host: " + host(), "Origin: null"));
      refuses(ask(page(), "Host: " + host(), "Origin: http://127.0.0.1:1"));
      refuses(ask(page(), "Host: " + host(), "Sec-Fetch-Site: cross-site"));
      refuses(ask(page(), "Host: " + host(), "Sec-Fetch-Site: same-site"));
      assertThat(ask(
              page(), "Host: " + host(), "Origin: http://" + host(), "Sec-Fetch-Site: same-origin"))
          .startsWith("HTTP/1.1 200");
    }

    @Test
    void otherMethods() throws IOException, InterruptedException {
      HttpURLConnection connection =
          (HttpURLConnection) command.address().toURL().openConnection();
      connection.setRequestMethod("DELETE");
      assertThat(connection.getResponseCode()).isEqualTo(405);
    }

    @Test
    @DisplayName("requests that never end or claim more than may be, and goes on answering")
    void hugeRequests() throws IOException, InterruptedException {
      List<Socket> dawdling = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          Socket socket =
              new Socket(InetAddress.getLoopbackAddress(), command.address().getPort());
          dawdling.add(socket);
          socket
              .getOutputStream()
              .write(("POST " + page() + "api/decode HTTP/1.1\r\nHost: " + host()
                      + "\r\nContent-Length: 99999999999\r\n\r\nabc")
                  .getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(command.get("api/about").statusCode()).isEqualTo(200);
      } finally {
        for (Socket socket : dawdling) {
          socket.close();
        }
      }
      assertThat(command.get("api/about").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("notices a folder that changes or vanishes, goes on, and loads it again when asked")
  void changedFolder() throws IOException, InterruptedException {
    Path other = shared.resolve("changing");
    Outcome.ofTrainingOn("nd4j", "--epochs", "1", "--out", other.toString());
    try (RunningCommand running = RunningCommand.of(
        "explore", other.toString(), "--backend", "nd4j", "--threads", "1", "--limit", "64")) {
      float[] before = RunningCommand.floats(running.post("api/decode", 1, 1));
      Outcome.of(
          "train",
          "--resume",
          other.toString(),
          "--epochs",
          "3",
          "--backend",
          "nd4j",
          "--limit",
          "64");
      assertThat(running.json("api/about").get("models").get(0).get("outdated").asBoolean())
          .isTrue();
      assertThat(RunningCommand.floats(running.post("api/decode", 1, 1))).isEqualTo(before);
      JsonNode reloaded = running.json("api/reload");
      assertThat(reloaded.get("models").get(0).get("outdated").asBoolean()).isFalse();
      float[] after = RunningCommand.floats(running.post("api/decode", 1, 1));
      assertThat(after).isNotEqualTo(before);
      Path aside = shared.resolve("aside");
      Files.move(other, aside);
      assertThat(running.json("api/about").get("models").get(0).get("outdated").asBoolean())
          .isTrue();
      assertThat(fault(running.get("api/reload"), 400)).contains("changing");
      assertThat(RunningCommand.floats(running.post("api/decode", 1, 1))).isEqualTo(after);
    }
  }

  @Test
  void saysThatAPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = Outcome.of(
          "explore",
          model.toString(),
          "--backend",
          "nd4j",
          "--limit",
          "64",
          "--port",
          Integer.toString(taken.getLocalPort()));
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.err().lines().toList()).hasSize(1);
      assertThat(outcome.err()).contains("port " + taken.getLocalPort(), "in use", "--port");
    }
  }

  @Test
  void saysThatThereIsNoModel() {
    Outcome outcome = Outcome.of("explore", shared.resolve("none").toString());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines().toList()).hasSize(1);
    assertThat(outcome.err()).contains("none");
  }

  @Test
  @DisplayName("works without data that are not named, and says so")
  void withoutData() throws IOException, InterruptedException {
    Path arrays = shared.resolve("numbers.csv");
    Files.writeString(
        arrays,
        "a,b\n"
            + IntStream.range(0, 60)
                .mapToObj(i -> i * 0.5 + "," + i % 7)
                .reduce((x, y) -> x + "\n" + y)
                .orElseThrow()
            + "\n");
    Path table = shared.resolve("table");
    assertThat(Outcome.of(
                "train",
                "--data",
                arrays.toString(),
                "--epochs",
                "1",
                "--hidden",
                "8",
                "--latent",
                "2",
                "--backend",
                "nd4j",
                "--out",
                table.toString())
            .code())
        .isZero();
    try (RunningCommand running =
        RunningCommand.of("explore", table.toString(), "--backend", "nd4j", "--threads", "1")) {
      JsonNode first = running.json("api/about").get("models").get(0);
      assertThat(first.get("kind").asText()).isEqualTo("table");
      assertThat(first.has("data")).isFalse();
      assertThat(running.err()).contains("without data");
      assertThat(fault(running.get("api/example?index=0"), 404)).contains("--data");
      assertThat(running.json("api/map").get("error").asText()).contains("--data");
      float[] drawn = RunningCommand.floats(running.get("api/sample?count=5"));
      JsonNode cells = RunningCommand.json(
          running.post("api/cells", Arrays.copyOfRange(drawn, 10, drawn.length)));
      assertThat(cells.get("names")).hasSize(2);
      assertThat(cells.get("rows")).hasSize(5);
      // In the units of the table, whose first column has a mean of 14.75.
      float[] many = RunningCommand.floats(running.get("api/sample?count=500"));
      double mean =
          IntStream.range(0, 500).mapToDouble(i -> many[1000 + 2 * i]).average().orElse(0);
      assertThat(mean).isBetween(10.0, 20.0);
      JsonNode distributions = RunningCommand.json(running.post("api/distributions", 0, 0));
      assertThat(distributions.get("columns")).hasSize(2);
    }
  }

  @Test
  @DisplayName("treats what is handed in as it treats its data")
  void preparesExamples() throws IOException, InterruptedException {
    float[] given = example(0);
    float[] expected = given.clone();
    Transforms.none().in(Pass.test(1)).apply(0, expected, 0, expected.length);
    assertThat(RunningCommand.floats(command.post("api/prepare", given))).isEqualTo(expected);
  }
}

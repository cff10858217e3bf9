package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A command that serves a page, running in this process until it is closed. */
final class RunningCommand implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/[\\w-]+/");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;
  private volatile int code = -1;

  private RunningCommand(String... arguments) {
    this.thread = new Thread(() -> {
      CommandLine commandLine = VaeCommand.commandLine(arguments);
      commandLine.setOut(new PrintWriter(out, true));
      commandLine.setErr(new PrintWriter(err, true));
      code = commandLine.execute(arguments);
    });
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs {@code vae} with these arguments and {@code --json}. */
  static RunningCommand of(String... arguments) {
    return new RunningCommand(
        Stream.concat(Arrays.stream(arguments), Stream.of("--json")).toArray(String[]::new));
  }

  /** Returns where the page is, once it is there. */
  URI address() throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    Matcher found = ADDRESS.matcher(out + err.toString());
    while (!found.find()) {
      assertThat(thread.isAlive()).as("still runs, but says: %s%s", out, err).isTrue();
      assertThat(System.currentTimeMillis()).isLessThan(end);
      Thread.sleep(20);
      found = ADDRESS.matcher(out + err.toString());
    }
    return URI.create(found.group());
  }

  /** What it said on the standard error so far. */
  String err() {
    return err.toString();
  }

  /** Gets what lies at a place after the page's address. */
  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  /** Sends numbers to a place after the page's address. */
  HttpResponse<byte[]> post(String path, float... numbers)
      throws IOException, InterruptedException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return client.send(
        request(path).POST(BodyPublishers.ofByteArray(bytes.array())).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) throws InterruptedException {
    return HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofSeconds(60));
  }

  /** Gets JSON. */
  JsonNode json(String path) throws IOException, InterruptedException {
    return json(get(path));
  }

  /** Waits for what is computed meanwhile. */
  JsonNode ready(String path) throws IOException, InterruptedException {
    JsonNode answer = json(path);
    while (answer.path("status").asText().equals("pending")) {
      Thread.sleep(50);
      answer = json(path);
    }
    assertThat(answer.path("status").asText()).as("%s", answer).isEqualTo("ready");
    return answer;
  }

  static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return new JsonMapper().readTree(answer.body());
  }

  static float[] floats(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode())
        .as("%s", new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    float[] numbers = new float[answer.body().length / Float.BYTES];
    ByteBuffer.wrap(answer.body())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(numbers);
    return numbers;
  }

  /** Ends it, as Ctrl-C would. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      throw new AssertionError("a test is not interrupted", e);
    }
    assertThat(code).as("said: %s", err).isZero();
  }
}

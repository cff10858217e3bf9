package io.github.jvae.bench.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.Vae;
import io.github.jvae.bench.tracking.PretendedMlflow.Fault;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.Options;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A run in an MLflow server")
final class MlflowRunTest {
  /** Of tests in which nothing is late. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static MlflowRun run(String address, Map<String, String> environment, Duration patience) {
    return new MlflowRun(MlflowPlace.of(address, "vae"), environment, patience, PAUSE);
  }

  private static MlflowRun run(String address) {
    return run(address, Map.of(), PATIENCE);
  }

  private static Tracking tracking(String address) {
    return new Tracking(List.of(run(address)));
  }

  private static List<String> methods(PretendedMlflow server) {
    return server.requests().stream().map(PretendedMlflow.Request::method).toList();
  }

  @Test
  @DisplayName("is made with its experiment, told what it is made of, its numbers and its end")
  void requests() {
    try (PretendedMlflow server = new PretendedMlflow()) {
      assertThat(SmallTraining.run(tracking(server.address()), 0)).isEmpty();
      assertThat(methods(server))
          .containsExactly(
              "GET experiments/get-by-name",
              "POST experiments/create",
              "POST runs/create",
              "POST runs/log-batch",
              "POST runs/log-batch",
              "POST runs/log-batch",
              "POST runs/update");
      assertThat(server.requests().get(0).query()).isEqualTo("experiment_name=vae");
      assertThat(server.requests()).allMatch(request -> request.authorization().isEmpty());
      assertThat(server.bodies("POST experiments/create").get(0).toString())
          .isEqualTo("{\"name\":\"vae\"}");
      JsonNode made = server.bodies("POST runs/create").get(0);
      assertThat(made.get("experiment_id").textValue()).isEqualTo("7");
      assertThat(made.get("run_name").textValue()).isEqualTo("small");
      assertThat(made.get("start_time").longValue()).isGreaterThan(1_700_000_000_000L);
      List<JsonNode> batches = server.bodies("POST runs/log-batch");
      assertThat(batches)
          .allMatch(batch -> batch.get("run_id").textValue().equals("0123456789abcdef"));
      Map<String, String> parameters = entries(batches.get(0).get("params"));
      assertThat(parameters)
          .containsEntry("model.latent", "2")
          .containsEntry("model.prior.type", "standard-normal")
          .containsEntry("model.input", "[3,32,32]")
          .containsEntry("options.batch_size", "8");
      for (int epoch = 1; epoch <= 2; epoch++) {
        Map<String, JsonNode> metrics = metrics(batches.get(epoch));
        assertThat(metrics)
            .containsKeys(
                "train/elbo", "validation/elbo", "validation/kl_z", "train/learning_rate");
        assertThat(metrics.values()).allMatch(metric -> metric.get("value").isNumber());
        long step = 3L * epoch;
        assertThat(metrics.values()).allMatch(metric -> metric.get("step").longValue() == step);
      }
      JsonNode end = server.bodies("POST runs/update").get(0);
      assertThat(end.get("status").textValue()).isEqualTo("FINISHED");
      assertThat(end.get("end_time").longValue())
          .isGreaterThanOrEqualTo(made.get("start_time").longValue());
    }
  }

  private static Map<String, String> entries(JsonNode list) {
    Map<String, String> entries = new LinkedHashMap<>();
    list.forEach(
        entry -> entries.put(entry.get("key").textValue(), entry.get("value").textValue()));
    return entries;
  }

  private static Map<String, JsonNode> metrics(JsonNode batch) {
    Map<String, JsonNode> metrics = new LinkedHashMap<>();
    batch.path("metrics").forEach(metric -> metrics.put(metric.get("key").textValue(), metric));
    return metrics;
  }

  @Test
  @DisplayName("is told no more at once than the server takes, under names that it takes")
  void limits() {
    try (PretendedMlflow server = new PretendedMlflow().withExperiment()) {
      Options many = Options.none().with("long", "x".repeat(7000)).with("spaced:name", 1);
      for (int i = 0; i < 200; i++) {
        many = many.with("option" + i, i);
      }
      Options setup = many;
      SmallTraining.with(vae -> {
        TrackedTraining training = SmallTraining.tracked(vae, 0);
        MlflowRun run = run(server.address());
        run.prepare();
        run.begin(
            new TrackedTraining(vae, training.watched(), training.options(), setup, 12, 0, null),
            line -> {},
            note -> {});
        Map<String, Double> numbers =
            IntStream.range(0, 700).boxed().collect(Collectors.toMap(i -> "n" + i, i -> 0.5 * i));
        run.numbers(new TrackedNumbers(1, numbers));
        run.numbers(new TrackedNumbers(2, numbers));
        run.numbers(new TrackedNumbers(3, Map.of("kl:4", 1.0)));
        run.end(TrainingEnd.KILLED);
      });
      assertThat(methods(server)).doesNotContain("POST experiments/create");
      List<JsonNode> batches = server.bodies("POST runs/log-batch");
      assertThat(batches.stream()
              .filter(batch -> batch.has("params"))
              .map(batch -> batch.get("params").size()))
          .containsExactly(100, 100, 2);
      assertThat(entries(batches.get(0).get("params")).get("long")).hasSizeBetween(5990, 6000);
      assertThat(entries(batches.get(0).get("params"))).containsEntry("spaced_name", "1");
      assertThat(batches.stream()
              .filter(batch -> batch.has("metrics"))
              .map(batch -> batch.get("metrics").size()))
          .containsExactly(1000, 400, 1);
      assertThat(metrics(batches.get(batches.size() - 1))).containsOnlyKeys("kl_4");
      JsonNode made = server.bodies("POST runs/create").get(0);
      assertThat(made.has("run_name")).isFalse();
      assertThat(entries(made.get("tags"))).containsEntry("jvae.resumed_after_step", "12");
      assertThat(server.bodies("POST runs/update").get(0).get("status").textValue())
          .isEqualTo("KILLED");
    }
  }

  @ParameterizedTest
  @DisplayName("is refused before training where the server is none, or takes nobody")
  @CsvSource(
      delimiter = '|',
      value = {
        "UNAUTHORIZED | refuses this user (status 401); set MLFLOW_TRACKING_TOKEN",
        "PAGE | is no MLflow tracking server: it sends no JSON, but '<html> <body>Welcome",
        "NOT_FOUND | is no MLflow tracking server: it has status 404",
        "OTHER_JSON | is no MLflow tracking server: its answer has no experiment_id",
        "ELSEWHERE | is no MLflow tracking server: it has status 302",
        "REFUSED | status 400, INVALID_PARAMETER_VALUE: no such run; mend that",
        "BROKEN | answers with status 503",
        "SILENT | gives no whole answer within 1.0 s",
      })
  void refused(Fault fault, String told) {
    SmallTraining.with(vae -> {
      for (String method :
          List.of("experiments/get-by-name", "experiments/create", "runs/create")) {
        try (PretendedMlflow server = new PretendedMlflow().failing(method, fault)) {
          String expected =
              method.equals("runs/create") ? told.replace("no experiment_id", "no run_id") : told;
          Duration patience = fault == Fault.SILENT ? SHORT : PATIENCE;
          MlflowRun run = run(server.address(), Map.of(), patience);
          assertThatThrownBy(() -> begin(run, vae))
              .isInstanceOf(VaeException.class)
              .hasMessageStartingWith(
                  "cannot begin a run on the MLflow server at " + server.address() + ": ")
              .hasMessageContaining(expected)
              .message()
              .hasLineCount(1);
          assertThat(methods(server)).noneMatch(asked -> asked.startsWith("POST runs/u"));
        }
      }
    });
  }

  private static void begin(MlflowRun run, Vae vae) {
    run.prepare();
    run.begin(SmallTraining.tracked(vae, 0), line -> {}, note -> {});
  }

  @Test
  @DisplayName("is refused before training where there is no server, or no such host")
  void nobodyThere() {
    String address;
    try (PretendedMlflow server = new PretendedMlflow()) {
      address = server.address();
    }
    assertThatThrownBy(() -> tracking(address).prepare())
        .isInstanceOf(VaeException.class)
        .hasMessage("cannot begin a run on the MLflow server at " + address
            + ": it cannot be connected to; start it (mlflow server), or check the address given"
            + " with --mlflow");
  }

  /** What a server that goes away makes of a training: the notes, and whether all was told. */
  private static List<String> leaving(PretendedMlflow server, Runnable afterTheFirstEpoch) {
    List<String> notes = new CopyOnWriteArrayList<>();
    SmallTraining.with(vae -> {
      MlflowRun run = run(server.address());
      run.prepare();
      run.begin(SmallTraining.tracked(vae, 0), line -> {}, notes::add);
      for (int epoch = 1; epoch <= 20; epoch++) {
        run.numbers(new TrackedNumbers(epoch, Map.of("train/elbo", -1.0 / epoch, "train/kl", 1.0)));
        run.epochEnded(epoch);
        if (epoch == 1) {
          await(() -> server.answered() == 5);
          afterTheFirstEpoch.run();
        }
      }
      run.end(TrainingEnd.FINISHED);
    });
    return List.copyOf(notes);
  }

  private static void await(BooleanSupplier condition) {
    long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < limit) {
      assertThatCode(() -> Thread.sleep(2)).doesNotThrowAnyException();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  @DisplayName("goes on without a server that is gone: one note, and what is missing at the end")
  void gone() {
    try (PretendedMlflow server = new PretendedMlflow()) {
      List<String> notes = leaving(server, server::close);
      assertThat(notes).hasSize(2);
      assertThat(notes.get(0))
          .contains("cannot be told of this training", "training goes on", "asked again");
      assertThat(notes.get(1))
          .contains(
              "was not told 38 of 40 numbers, nor that the run has ended, which stays RUNNING");
    }
  }

  @Test
  @DisplayName("is told everything by a server that comes back")
  void back() {
    try (PretendedMlflow server = new PretendedMlflow()) {
      List<String> notes = new CopyOnWriteArrayList<>();
      SmallTraining.with(vae -> {
        MlflowRun run = run(server.address());
        run.prepare();
        run.begin(SmallTraining.tracked(vae, 0), line -> {}, notes::add);
        server.failing("runs/log-batch", Fault.BROKEN);
        for (int epoch = 1; epoch <= 5; epoch++) {
          run.numbers(new TrackedNumbers(epoch, Map.of("train/elbo", -1.0)));
          run.epochEnded(epoch);
        }
        await(() -> server.bodies("POST runs/log-batch").size() > 4);
        server.mend();
        run.end(TrainingEnd.FINISHED);
      });
      assertThat(notes).singleElement().asString().contains("status 503", "asked again");
      List<JsonNode> batches = server.bodies("POST runs/log-batch");
      assertThat(batches.stream()
              .flatMap(batch -> metrics(batch).values().stream())
              .map(metric -> metric.get("step").longValue())
              .distinct())
          .containsExactly(1L, 2L, 3L, 4L, 5L);
      assertThat(server.bodies("POST runs/update")).hasSize(1);
    }
  }

  @Test
  @DisplayName("loses the numbers that the server does not take, and no others")
  void refusedLater() {
    try (PretendedMlflow server = new PretendedMlflow()) {
      List<String> notes = leaving(server, () -> server.failing("runs/log-batch", Fault.REFUSED));
      assertThat(notes).hasSize(2);
      assertThat(notes.get(0)).contains("INVALID_PARAMETER_VALUE").doesNotContain("asked again");
      assertThat(notes.get(1)).contains("was not told 38 of 40 numbers: ");
      assertThat(server.bodies("POST runs/update")).hasSize(1);
    }
  }

  @Test
  @DisplayName("never makes training wait for a server that says nothing, and its end not for long")
  void silent() {
    try (PretendedMlflow server = new PretendedMlflow()) {
      long[] epochs = new long[1];
      SmallTraining.with(vae -> {
        MlflowRun run = run(server.address(), Map.of(), SHORT.multipliedBy(2));
        run.prepare();
        run.begin(SmallTraining.tracked(vae, 0), line -> {}, note -> {});
        server.failing("runs/log-batch", Fault.SILENT);
        long start = System.nanoTime();
        for (int epoch = 1; epoch <= 3000; epoch++) {
          run.numbers(new TrackedNumbers(epoch, Map.of("train/elbo", -1.0)));
          run.epochEnded(epoch);
        }
        epochs[0] = System.nanoTime() - start;
        run.end(TrainingEnd.FINISHED);
        assertThat(System.nanoTime() - start).isLessThan(SHORT.multipliedBy(10).toNanos());
      });
      assertThat(epochs[0]).isLessThan(SHORT.toNanos());
    }
  }

  static Stream<Map<String, String>> somebody() {
    return Stream.of(
        Map.of("MLFLOW_TRACKING_TOKEN", "secret"),
        Map.of("MLFLOW_TRACKING_USERNAME", "ada", "MLFLOW_TRACKING_PASSWORD", "secret"),
        Map.of(
            "MLFLOW_TRACKING_TOKEN", "other",
            "MLFLOW_TRACKING_USERNAME", "ada",
            "MLFLOW_TRACKING_PASSWORD", "secret"));
  }

  @ParameterizedTest
  @MethodSource("somebody")
  @DisplayName("is asked for by who the environment names, who is told to nobody else")
  void credentials(Map<String, String> environment) {
    try (PretendedMlflow server =
        new PretendedMlflow().failing("runs/create", Fault.UNAUTHORIZED)) {
      Tracking tracking = new Tracking(List.of(run(server.address(), environment, PATIENCE)));
      assertThatThrownBy(() -> SmallTraining.run(tracking, 0))
          .message()
          .doesNotContain("secret", "ada", "c2VjcmV0");
      String expected = environment.containsKey("MLFLOW_TRACKING_USERNAME")
          ? "Basic YWRhOnNlY3JldA=="
          : "Bearer secret";
      assertThat(server.requests())
          .isNotEmpty()
          .allMatch(request -> request.authorization().equals(expected));
    }
    assertThat(MlflowCredentials.in(environment)).asString().isEqualTo("somebody");
  }

  @Test
  @DisplayName("is not asked for with a token that cannot be sent, which is not repeated")
  void badToken() {
    assertThatThrownBy(() -> MlflowCredentials.in(Map.of("MLFLOW_TRACKING_TOKEN", "sec\nret")))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining("MLFLOW_TRACKING_TOKEN")
        .message()
        .doesNotContain("sec\n", "ret;");
    assertThat(MlflowCredentials.in(Map.of()).header()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("has an address with http or https, a host, and nothing after the path")
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://host | takes the http or https address of a server, such as http://localhost:5000",
        "mlruns | not 'mlruns'",
        "localhost:5000 | not 'localhost:5000'",
        "http:// | takes the http or https address",
        "http://my host | not 'http://my host'",
        "http://host/?a=b | ends before ? and #",
        "http://host/#/experiments/1 | ends before ? and #",
        "http://ada:secret@host | holds no user; leave that out of it, and set MLFLOW_TRACKING",
        "http://ada:sec ret@host | takes the http or https address",
      })
  void addresses(String address, String told) {
    assertThatThrownBy(() -> MlflowPlace.of(address, "vae"))
        .isInstanceOf(VaeException.class)
        .hasMessageContaining(told)
        .message()
        .doesNotContain("sec");
    assertThatCode(() -> MlflowPlace.of("https://host:1/path/", "vae")).doesNotThrowAnyException();
    assertThatThrownBy(() -> MlflowPlace.of("http://host", " "))
        .hasMessageContaining("needs a name");
  }
}

package io.github.jvae.bench.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.tracking.MetricOutbox.Metric;
import io.github.jvae.error.VaeException;
import io.github.jvae.option.OptionValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a training as a run in an MLflow tracking server: what it is made of before it begins, its
 * numbers after each epoch, and how it ended.
 */
final class MlflowRun implements Tracker {
  /** What MLflow takes in one request, and of one value. */
  private static final int MOST_PARAMETERS = 100;

  private static final int MOST_METRICS = 1000;
  private static final int LONGEST_VALUE = 6000;
  private static final int LONGEST_KEY = 250;

  /** MLflow takes no other characters in a name. */
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_./ -]");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final MlflowServer server;
  private final String experimentName;
  private final Duration pause;
  private final List<Metric> gathered = new ArrayList<>();
  private @Nullable String experiment;
  private @Nullable MetricOutbox outbox;
  private Consumer<String> note = sentence -> {};

  /**
   * @param place where the server is, and the experiment that the run belongs to
   * @param environment variables by name, of which some name the user
   */
  MlflowRun(MlflowPlace place, Map<String, String> environment) {
    this(place, environment, PATIENCE, PAUSE);
  }

  /**
   * @param patience how long to wait for an answer
   * @param pause before a server that is away is asked again
   */
  MlflowRun(MlflowPlace place, Map<String, String> environment, Duration patience, Duration pause) {
    this.server = new MlflowServer(place.address(), MlflowCredentials.in(environment), patience);
    this.experimentName = place.experiment();
    this.pause = pause;
  }

  /** A request or several. */
  @FunctionalInterface
  private interface Conversation<T> {
    T hold() throws ServerFault, InterruptedException;
  }

  private <T> T beforeTraining(Conversation<T> conversation) {
    try {
      return conversation.hold();
    } catch (ServerFault e) {
      throw new VaeException(
          "cannot begin a run on the MLflow server at " + server.address() + ": " + e.sentence(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VaeException(
          "interrupted while the MLflow server at " + server.address() + " was asked; begin again",
          e);
    }
  }

  @Override
  public void prepare() {
    experiment = beforeTraining(this::find).orElse(null);
  }

  /** Returns the experiment's identifier, if there is one of that name. */
  private Optional<String> find() throws ServerFault, InterruptedException {
    try {
      JsonNode found = server.get("experiments/get-by-name", "experiment_name", experimentName);
      return Optional.of(identifier(found.path("experiment"), "experiment_id"));
    } catch (ServerFault e) {
      if (e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String make() throws ServerFault, InterruptedException {
    try {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", experimentName);
      return identifier(server.post("experiments/create", body), "experiment_id");
    } catch (ServerFault e) {
      if (e.code().equals("RESOURCE_ALREADY_EXISTS")) {
        // Another training that began at the same time has made it.
        return find().orElseThrow(() -> e);
      }
      throw e;
    }
  }

  private static String identifier(JsonNode object, String member) throws ServerFault {
    String identifier = object.path(member).asText("");
    if (identifier.isEmpty()) {
      throw ServerFault.lasting(
          "what answers is no MLflow tracking server: its answer has no " + member,
          "check the address given with --mlflow");
    }
    return identifier;
  }

  @Override
  public void begin(TrackedTraining training, Consumer<String> say, Consumer<String> hearer) {
    note = hearer;
    String run = beforeTraining(() -> {
      String id = experiment == null ? make() : experiment;
      experiment = id;
      return beginRun(training, id);
    });
    MetricOutbox started = new MetricOutbox(server, run, pause, hearer);
    started.start();
    outbox = started;
    say.accept("mlflow: " + server.address() + "/#/experiments/" + experiment + "/runs/" + run);
  }

  private String beginRun(TrackedTraining training, String id)
      throws ServerFault, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance
        .objectNode()
        .put("experiment_id", id)
        .put("start_time", System.currentTimeMillis());
    if (training.name() != null) {
      body.put("run_name", training.name());
    }
    ArrayNode tags = body.putArray("tags");
    addEntry(tags, "mlflow.source.type", "LOCAL");
    addEntry(tags, "mlflow.source.name", "vae train");
    if (training.fromStep() > 0) {
      addEntry(tags, "jvae.resumed_after_step", Long.toString(training.fromStep()));
    }
    JsonNode made = server.post("runs/create", body);
    String run = identifier(made.path("run").path("info"), "run_id");
    sendParameters(run, HyperParameters.of(training.setup()));
    return run;
  }

  private void sendParameters(String run, HyperParameters parameters)
      throws ServerFault, InterruptedException {
    Iterator<Map.Entry<String, OptionValue>> all =
        parameters.values().entrySet().iterator();
    while (all.hasNext()) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("run_id", run);
      ArrayNode params = body.putArray("params");
      while (all.hasNext() && params.size() < MOST_PARAMETERS) {
        Map.Entry<String, OptionValue> parameter = all.next();
        addEntry(
            params,
            key(parameter.getKey()),
            HyperParameters.text(parameter.getValue(), LONGEST_VALUE));
      }
      server.post("runs/log-batch", body);
    }
  }

  private static void addEntry(ArrayNode entries, String key, String value) {
    entries.addObject().put("key", key).put("value", value);
  }

  private static String key(String name) {
    String key = FOREIGN.matcher(name).replaceAll("_");
    return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
  }

  @Override
  public void numbers(TrackedNumbers numbers) {
    long now = System.currentTimeMillis();
    numbers
        .values()
        .forEach((name, value) -> gathered.add(new Metric(key(name), value, now, numbers.step())));
    if (gathered.size() >= MOST_METRICS) {
      handOver();
    }
  }

  @Override
  public void epochEnded(long step) {
    handOver();
  }

  private void handOver() {
    MetricOutbox target = outbox;
    for (int from = 0; target != null && from < gathered.size(); from += MOST_METRICS) {
      target.put(gathered.subList(from, Math.min(gathered.size(), from + MOST_METRICS)));
    }
    gathered.clear();
  }

  @Override
  public void end(TrainingEnd end) {
    handOver();
    MetricOutbox target = outbox;
    if (target != null) {
      target.end(end).ifPresent(note);
    }
  }
}

package io.github.jvae.bench.explore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.web.WebAnswer;
import io.github.jvae.bench.web.WebFault;
import io.github.jvae.bench.web.WebHandler;
import io.github.jvae.bench.web.WebRequest;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.AnomalyScores;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.evaluate.Proposal;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers what the page asks of models. */
public final class Explorer implements WebHandler, AutoCloseable {
  /** Numbers of examples that are computed for one request. */
  private static final int MOST_NUMBERS = 1 << 23;

  private static final int MOST_ROWS = 1024;
  private static final int MOST_DRAWS = 4096;

  /** Rows from which the distribution of a table's columns is told. */
  private static final int TABLE_DRAWS = 512;

  private static final double HOTTEST = 10;
  private static final String TOLD = "given.";
  private static final String HEAT = "temperature.";

  private final List<Slot> slots = new CopyOnWriteArrayList<>();
  private final Optional<TrainingWatch> training;
  private final PageFiles page = new PageFiles();
  private final Map<String, Function<WebRequest, WebAnswer>> answers = new HashMap<>();

  private Explorer(Optional<TrainingWatch> training) {
    this.training = training;
    answers.put("about", request -> about());
    answers.put("reload", request -> reload(slot(request)));
    answers.put("activity", this::activity);
    answers.put("map", this::map);
    answers.put("usual", this::usual);
    answers.put("example", this::example);
    answers.put("prepare", this::prepare);
    answers.put("encode", this::encode);
    answers.put("decode", this::decode);
    answers.put("sample", this::sample);
    answers.put("score", this::score);
    answers.put("contributions", this::contributions);
    answers.put("estimate", this::estimate);
    answers.put("cells", this::cells);
    answers.put("distributions", this::distributions);
    training.ifPresent(watch -> {
      answers.put("training", watch::history);
      answers.put("pictures", watch::pictures);
    });
  }

  /** Explores nothing yet. */
  public static Explorer ofModels() {
    return new Explorer(Optional.empty());
  }

  /** Shows a training, and no model until it has ended. */
  public static Explorer of(TrainingWatch training) {
    return new Explorer(Optional.of(training));
  }

  /** A model's place in the list, whatever stands there at the moment. */
  private static final class Slot {
    private final Supplier<ModelSource> source;
    private ExploredModel model;

    Slot(Supplier<ModelSource> source) {
      this.source = source;
      this.model = new ExploredModel(source.get());
    }

    synchronized ExploredModel model() {
      return model;
    }

    /** Opens it anew; if that fails, the old one stays. */
    synchronized void reload() {
      if (model.source().folder().isEmpty()) {
        throw new WebFault(400, "this model was not loaded from a folder");
      }
      ExploredModel fresh = new ExploredModel(source.get());
      model.close();
      model = fresh;
    }
  }

  /**
   * Adds a model.
   *
   * @param source opens it, also once more when its folder has changed
   * @throws VaeException if it cannot be opened
   */
  public void add(Supplier<ModelSource> source) {
    slots.add(new Slot(source));
  }

  @Override
  public WebAnswer answer(WebRequest request) {
    String path = request.path();
    if (!path.startsWith("api/")) {
      return page.answer(path);
    }
    Function<WebRequest, WebAnswer> answer = answers.get(path.substring("api/".length()));
    if (answer == null) {
      throw new WebFault(404, "there is nothing here");
    }
    return answer.apply(request);
  }

  private WebAnswer about() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("training", training.isPresent());
    ArrayNode models = json.putArray("models");
    slots.forEach(slot -> models.add(ModelFacts.of(slot.model())));
    return WebAnswer.of(json);
  }

  private WebAnswer reload(Slot slot) {
    slot.reload();
    return about();
  }

  private Slot slot(WebRequest request) {
    if (slots.isEmpty()) {
      throw new WebFault(404, "there is no model to explore yet");
    }
    return slots.get(request.integer("model", 0, slots.size() - 1, 0));
  }

  private ExploredModel model(WebRequest request) {
    return slot(request).model();
  }

  private WebAnswer activity(WebRequest request) {
    return WebAnswer.of(model(request).activity().toJson(ModelFacts::activity));
  }

  private WebAnswer map(WebRequest request) {
    ExploredModel model = model(request);
    boolean near = request.text("projection").orElse("pca").equals("tsne");
    Later<LatentMap> map = near ? model.neighbours() : model.plane();
    return WebAnswer.of(map.toJson(known -> {
      ObjectNode json = known.toJson();
      model
          .source()
          .shown()
          .ifPresent(
              shown -> json.set("colours", ModelFacts.colours(shown.data(), known.places())));
      return json;
    }));
  }

  private WebAnswer usual(WebRequest request) {
    return WebAnswer.of(model(request).usualScores().toJson(scores -> {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      Arrays.stream(scores).forEach(json.putArray("scores")::add);
      return json;
    }));
  }

  private static ShownExamples shown(ExploredModel model) {
    return model
        .source()
        .shown()
        .orElseThrow(
            () -> new WebFault(404, "there are no examples to look at; name them with --data"));
  }

  /**
   * Returns the places of examples that are asked for; none if numbers were sent in their place.
   */
  private static Optional<int[]> places(WebRequest request) {
    return request.text("index").map(text -> {
      String[] parts = text.split(",", -1);
      if (parts.length > MOST_ROWS) {
        throw new WebFault(400, "at most " + MOST_ROWS + " examples are shown at once");
      }
      try {
        return Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
      } catch (NumberFormatException e) {
        throw new WebFault(400, "index must be numbers of examples, with commas between");
      }
    });
  }

  /**
   * Examples as the model sees them.
   *
   * @param told what it is told of them
   */
  private record Given(HostTensor examples, Map<String, HostTensor> told) {}

  private static Given given(ExploredModel model, WebRequest request) {
    Optional<int[]> places = places(request);
    if (places.isPresent()) {
      ShownExamples shown = shown(model);
      HostTensor examples = shown.examples(places.get());
      Map<String, HostTensor> told =
          new LinkedHashMap<>(shown.conditions(model.vae(), places.get()));
      if (isTold(request)) {
        told.putAll(told(model, request, places.get().length));
      }
      return new Given(examples, told);
    }
    HostTensor examples = rows(request, model.vae().config().shape());
    return new Given(examples, told(model, request, examples.shape().dimension(0)));
  }

  private static Given one(ExploredModel model, WebRequest request) {
    Given given = given(model, request);
    if (given.examples().shape().dimension(0) != 1) {
      throw new WebFault(400, "one example is looked at at a time");
    }
    return given;
  }

  /** Reads rows of numbers that were sent. */
  private static HostTensor rows(WebRequest request, Shape each) {
    float[] numbers = request.floats();
    int count = numbers.length / each.size();
    if (count == 0 || numbers.length % each.size() != 0) {
      throw new WebFault(
          400, "rows of " + each.size() + " numbers are taken, not " + numbers.length + " in all");
    }
    requireRows(count, each.size());
    return HostTensor.of(each.prepend(count), numbers);
  }

  private static void requireRows(int count, int size) {
    int most = Math.max(1, Math.min(MOST_ROWS, MOST_NUMBERS / size));
    if (count > most) {
      throw new WebFault(
          413, "at most " + most + " of this model's examples are computed at once, not " + count);
    }
  }

  private static boolean isTold(WebRequest request) {
    return request.query().keySet().stream().anyMatch(name -> name.startsWith(TOLD));
  }

  /** Returns what the model is told of examples that it is to make. */
  private static Map<String, HostTensor> told(ExploredModel model, WebRequest request, int count) {
    Map<String, String> words = new LinkedHashMap<>();
    request.query().forEach((name, value) -> {
      if (name.startsWith(TOLD)) {
        words.put(name.substring(TOLD.length()), value);
      }
    });
    return model.vae().conditions(words, count);
  }

  private WebAnswer example(WebRequest request) {
    ExploredModel model = model(request);
    int[] places = places(request)
        .orElseThrow(() -> new WebFault(400, "index says which examples are to be shown"));
    requireRows(places.length, model.vae().config().shape().size());
    return WebAnswer.of(model.undone(shown(model).examples(places)).data());
  }

  /** Does to an example, in the data's units, what is done to the model's data. */
  private WebAnswer prepare(WebRequest request) {
    ExploredModel model = model(request);
    HostTensor example = rows(request, model.vae().config().shape());
    model.treat(example);
    return WebAnswer.of(example.data());
  }

  private WebAnswer encode(WebRequest request) {
    ExploredModel model = model(request);
    Given given = given(model, request);
    var encoding = model.vae().inference().encode(given.examples(), given.told());
    return encoding
        .logVariances()
        .map(variances -> WebAnswer.of(encoding.mean().data(), variances.data()))
        .orElseGet(() -> WebAnswer.of(encoding.mean().data()));
  }

  private static HostTensor latents(ExploredModel model, WebRequest request) {
    HostTensor latents = rows(request, Shape.of(model.vae().runtime().model().latent()));
    if (!latents.isFinite()) {
      throw new WebFault(400, "a latent vector has a number that is not finite");
    }
    requireRows(latents.shape().dimension(0), model.vae().config().shape().size());
    return latents;
  }

  private WebAnswer decode(WebRequest request) {
    ExploredModel model = model(request);
    HostTensor latents = latents(model, request);
    Map<String, HostTensor> told = places(request)
        .map(places -> repeated(model, places, latents.shape().dimension(0)))
        .orElseGet(() -> told(model, request, latents.shape().dimension(0)));
    return WebAnswer.of(
        model.undone(model.vae().inference().decode(latents, told)).data());
  }

  /** Returns what the model is told of one example, for each of several latent vectors. */
  private static Map<String, HostTensor> repeated(ExploredModel model, int[] places, int count) {
    if (places.length == count || model.vae().runtime().conditions().isEmpty()) {
      return shown(model).conditions(model.vae(), places);
    }
    Map<String, HostTensor> told = new LinkedHashMap<>();
    shown(model)
        .conditions(model.vae(), places[0])
        .forEach((name, row) -> told.put(name, row.repeated(count)));
    return told;
  }

  /** Answers with latent vectors, and then the examples of them. */
  private WebAnswer sample(WebRequest request) {
    ExploredModel model = model(request);
    int count = request.integer("count", 1, MOST_ROWS, 16);
    requireRows(count, model.vae().config().shape().size());
    int seed = request.integer("seed", 0, Integer.MAX_VALUE, 1);
    Map<String, HostTensor> told = told(model, request, count);
    PriorDraws draws = drawn(model, request, PriorDraws.of(count, seed).under(told));
    Optional<String> sampler = request.text("sampler").filter(type -> !type.isEmpty());
    HostTensor latents =
        sampler.map(type -> model.draw(type, draws)).orElseGet(() -> model.draw(draws));
    // The expected row of a table is none, so that one is drawn.
    HostTensor examples =
        request.text("noise").isPresent() || model.source().table().isPresent()
            ? model.vae().inference().decodeWithPixelNoise(latents, seed, told)
            : model.vae().inference().decode(latents, told);
    return WebAnswer.of(latents.data(), model.undone(examples).data());
  }

  private static PriorDraws drawn(ExploredModel model, WebRequest request, PriorDraws plain) {
    PriorDraws draws = plain;
    double temperature = request.number("temperature", 0, HOTTEST, 1);
    // Not every prior has a temperature, and at 1 none is needed.
    if (temperature != 1) {
      draws = draws.at(temperature);
    }
    for (String name : request.query().keySet()) {
      if (name.startsWith(HEAT)) {
        draws = draws.at(name.substring(HEAT.length()), request.number(name, 0, HOTTEST, 1));
      }
    }
    Optional<String> fixed = request.text("fix").filter(names -> !names.isEmpty());
    if (fixed.isPresent()) {
      draws = draws.fixing(List.of(fixed.get().split(",", -1)));
      if (request.hasBody()) {
        draws = draws.like(latents(model, request));
      }
    }
    return draws;
  }

  private WebAnswer score(WebRequest request) {
    ExploredModel model = model(request);
    Given given = one(model, request);
    int draws = request.integer("draws", 1, MOST_DRAWS, 64);
    int seed = request.integer("seed", 0, Integer.MAX_VALUE, 1);
    AnomalyScores scores = model.score(given.examples(), given.told(), draws, seed);
    ObjectNode json = JsonNodeFactory.instance
        .objectNode()
        .put("elbo", -scores.elbo())
        .put("log_likelihood", -scores.reconstruction())
        .put("kl", scores.elbo() - scores.reconstruction())
        .put("bound", -scores.logLikelihood());
    return WebAnswer.of(json);
  }

  private WebAnswer contributions(WebRequest request) {
    ExploredModel model = model(request);
    Given given = one(model, request);
    int draws = request.integer("draws", 1, MOST_DRAWS, 16);
    return WebAnswer.of(
        model.contributions(given.examples(), given.told(), draws, 1).data());
  }

  private WebAnswer estimate(WebRequest request) {
    ExploredModel model = model(request);
    Given given = one(model, request);
    int draws = request.integer("draws", 1, MOST_DRAWS, 16);
    int seed = request.integer("seed", 0, Integer.MAX_VALUE, 1);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Proposal proposal : Proposal.values()) {
      json.put(
          proposal == Proposal.POSTERIOR ? "posterior" : "prior",
          model.logLikelihood(proposal, given.examples(), given.told(), draws, seed));
    }
    return WebAnswer.of(json);
  }

  private static TableText table(ExploredModel model) {
    return model
        .source()
        .table()
        .orElseThrow(() -> new WebFault(400, "this model's examples are no rows of a table"));
  }

  /** Answers with rows in the data's units as they stand in a table. */
  private WebAnswer cells(WebRequest request) {
    ExploredModel model = model(request);
    return WebAnswer.of(table(model).cells(rows(request, model.vae().config().shape())));
  }

  /** Answers with how each column is distributed, given a latent vector. */
  private WebAnswer distributions(WebRequest request) {
    ExploredModel model = model(request);
    TableText table = table(model);
    HostTensor latents = latents(model, request).rows(0, 1).repeated(TABLE_DRAWS);
    Map<String, HostTensor> told = places(request)
        .map(places -> repeated(model, places, TABLE_DRAWS))
        .orElseGet(() -> told(model, request, TABLE_DRAWS));
    HostTensor rows = model.vae().inference().decodeWithPixelNoise(latents, 1, told);
    return WebAnswer.of(table.distributions(model.undone(rows)));
  }

  /** Closes the models. */
  @Override
  public void close() {
    slots.forEach(slot -> slot.model().close());
  }
}

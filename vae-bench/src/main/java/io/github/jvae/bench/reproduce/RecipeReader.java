package io.github.jvae.bench.reproduce;

import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads recipes; all that is wrong with one is told at once. */
public final class RecipeReader {
  static final String TRAIN = "train";
  static final String MODEL = "model";
  static final String EVALUATE = "evaluate";
  static final String QUICK = "quick";

  private static final String NAME = "name";
  private static final String TITLE = "title";
  private static final String PROTOCOL = "protocol";
  private static final String FIGURE = "figure";
  private static final String BUDGET = "budget";
  private static final String NOTES = "notes";
  private static final String OBTAIN = "obtain";

  private static final Set<String> MEMBERS =
      Set.of(NAME, TITLE, PROTOCOL, FIGURE, BUDGET, NOTES, OBTAIN, TRAIN, MODEL, EVALUATE, QUICK);
  private static final Set<String> FIGURE_MEMBERS =
      Set.of(Figure.QUANTITY, Figure.VALUE, Figure.TOLERANCE, Figure.SOURCE);
  private static final Set<String> QUICK_MEMBERS =
      Set.of(EarlyCurve.TRAIN, EarlyCurve.TOLERANCE, EarlyCurve.STEPS, EarlyCurve.LOSSES);
  private static final Set<String> MODELS = Set.of("", "best", "average", "best/average");

  /** What whoever runs a recipe decides, or what would end in another model's folder. */
  private static final Set<String> RESERVED = Set.of(
      "--out",
      "--overwrite",
      "--resume",
      "--data-dir",
      "--offline",
      "--backend",
      "--threads",
      "--device",
      "--json",
      "--quiet",
      "--help",
      "-h",
      "--stacktrace",
      "--watch",
      "--open",
      "--port",
      "--tensorboard",
      "--mlflow",
      "--mlflow-experiment");

  /** A name is that of a folder too. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final Options json;
  private final JsonMembers members;
  private final List<String> faults = new ArrayList<>();

  private RecipeReader(Options json) {
    this.json = json;
    this.members = JsonMembers.of(json);
  }

  /**
   * Reads a file.
   *
   * @throws VaeException if it is missing, no JSON, or no recipe; the message names all faults
   */
  public static Recipe read(Path file) {
    return read(Quote.path(file), JsonFile.read(file));
  }

  /**
   * Reads what a file holds.
   *
   * @param place what messages call the file
   * @throws ConfigurationException if it is no recipe; the message names all faults
   */
  public static Recipe read(String place, Options json) {
    RecipeReader reader = new RecipeReader(json);
    Recipe recipe = reader.recipe();
    if (!reader.faults.isEmpty()) {
      throw new ConfigurationException(
          place + " is no recipe: " + String.join("; ", reader.faults));
    }
    return recipe;
  }

  private Recipe recipe() {
    requireKnown("", members, MEMBERS);
    String name = text(members, NAME);
    if (!name.isEmpty() && !PLAIN.matcher(name).matches()) {
      faults.add("name must be small letters, digits and single hyphens, not " + Quote.of(name));
    }
    String quantity = text(object(FIGURE), Figure.QUANTITY);
    Figure figure = figure(object(FIGURE), quantity);
    Arguments train = arguments(TRAIN, object(TRAIN));
    requireTraining(train);
    Arguments evaluate = arguments(EVALUATE, object(EVALUATE));
    if (figure.quantity() == Quantity.NEGATIVE_LOG_LIKELIHOOD
        && !quantity.isEmpty()
        && !evaluate.has(Recipe.SAMPLES)) {
      faults.add("evaluate must have --samples, as the figure is of " + quantity);
    }
    return new Recipe(
        name,
        text(members, TITLE),
        text(members, PROTOCOL),
        figure,
        text(members, BUDGET),
        notes(),
        read(() -> members.text(OBTAIN)),
        train,
        model(),
        evaluate,
        members.names().contains(QUICK) ? curve(object(QUICK)) : null,
        json);
  }

  private Figure figure(JsonMembers figure, String quantity) {
    requireKnown("figure.", figure, FIGURE_MEMBERS);
    Quantity known = Quantity.called(quantity).orElse(null);
    if (known == null && !quantity.isEmpty()) {
      faults.add(
          "figure.quantity must be one of " + Quantity.names() + ", not " + Quote.of(quantity));
    }
    double value = number(figure, "figure.", Figure.VALUE);
    return new Figure(
        known == null ? Quantity.NEGATIVE_LOG_LIKELIHOOD : known,
        value,
        positive(figure, "figure.", Figure.TOLERANCE),
        text(figure, Figure.SOURCE));
  }

  private void requireTraining(Arguments train) {
    if (!train.has(Recipe.DATA)) {
      faults.add("train must have --data");
    }
    if (!(train.options().get(Recipe.EPOCHS) instanceof OptionValue.Whole epochs)
        || !epochs.isWithin(1, Integer.MAX_VALUE)) {
      faults.add("train must have --epochs, a whole number from 1");
    }
  }

  private String model() {
    String model = read(() -> members.text(MODEL));
    if (model != null && !MODELS.contains(model)) {
      faults.add("model must be best, average or best/average, or left out for the last model, not "
          + Quote.of(model));
    }
    return model == null ? "" : model;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    OptionValue given = json.get(NOTES);
    if (given instanceof OptionValue.Items items) {
      for (OptionValue note : items.values()) {
        if (note instanceof OptionValue.Text text) {
          notes.add(text.value());
        } else {
          faults.add("notes must be a list of texts, not " + Quote.of(note));
        }
      }
    } else if (given != null) {
      faults.add("notes must be a list of texts, not " + Quote.of(given));
    }
    return notes;
  }

  private Arguments arguments(String place, JsonMembers options) {
    options.options().values().forEach((name, value) -> {
      if (!name.startsWith("--")) {
        faults.add(place + " has " + Quote.of(name) + ", which is no option such as --latent");
      } else if (RESERVED.contains(name)) {
        faults.add(place + " must not have " + name + ", which whoever runs it decides");
      }
      boolean taken = value instanceof OptionValue.Text
          || value instanceof OptionValue.Whole
          || value instanceof OptionValue.Real
          || (value instanceof OptionValue.Flag flag && flag.value());
      if (!taken) {
        faults.add(place + "." + Quote.bare(name)
            + " must be text, a number, or true for an option that takes nothing, not "
            + Quote.of(value));
      }
    });
    return new Arguments(options.options());
  }

  private EarlyCurve curve(JsonMembers quick) {
    requireKnown("quick.", quick, QUICK_MEMBERS);
    JsonMembers train =
        readOr(() -> quick.object(EarlyCurve.TRAIN), JsonMembers.of(Options.none()));
    EarlyCurve curve = new EarlyCurve(
        arguments("quick.train", train),
        positive(quick, "quick.", EarlyCurve.TOLERANCE),
        points(
            readOr(() -> quick.numberList(EarlyCurve.STEPS), List.of()),
            readOr(() -> quick.numberList(EarlyCurve.LOSSES), List.of())));
    if (!curve.tellsSteps()) {
      faults.add("quick.train must have --history-steps, to tell the loss of steps");
    }
    return curve;
  }

  private List<EarlyCurve.Point> points(List<Double> steps, List<Double> losses) {
    if (steps.size() != losses.size()) {
      faults.add("quick has " + steps.size() + " steps and " + losses.size()
          + " losses; each step has one loss");
      return List.of();
    }
    List<EarlyCurve.Point> points = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < steps.size(); i++) {
      long step = steps.get(i).longValue();
      if (step != steps.get(i) || step <= before) {
        faults.add("quick.steps must be whole numbers from 1 that increase, and " + steps.get(i)
            + " comes after " + before);
        return List.of();
      }
      if (losses.get(i) == 0) {
        faults.add(
            "quick.losses must not be 0, of which the tolerance is no share, at step " + step);
      }
      points.add(new EarlyCurve.Point(step, losses.get(i)));
      before = step;
    }
    return points;
  }

  private JsonMembers object(String name) {
    return readOr(() -> members.object(name), JsonMembers.of(Options.none()));
  }

  private String text(JsonMembers where, String name) {
    String prefix = where.place().isEmpty() ? "" : where.place() + ".";
    int before = faults.size();
    String text = read(() -> where.text(name));
    if (faults.size() == before && (text == null || text.isBlank())) {
      faults.add(prefix + name + " is missing; it must be text");
    }
    return text == null ? "" : text;
  }

  private double positive(JsonMembers where, String prefix, String name) {
    double number = number(where, prefix, name);
    if (number <= 0) {
      faults.add(prefix + name + " must be above 0, not " + number);
    }
    return number;
  }

  private double number(JsonMembers where, String prefix, String name) {
    int before = faults.size();
    double number = readOr(() -> where.number(name, Double.NaN), Double.NaN);
    if (faults.size() == before && Double.isNaN(number)) {
      faults.add(prefix + name + " is missing; it must be a number");
    }
    return number;
  }

  private void requireKnown(String prefix, JsonMembers where, Set<String> known) {
    where.names().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> faults.add("unknown member " + Quote.of(prefix + name) + "; known are "
            + String.join(", ", known.stream().sorted().toList())));
  }

  private <T> T readOr(Supplier<@Nullable T> reading, T otherwise) {
    T value = read(reading);
    return value == null ? otherwise : value;
  }

  private <T> @Nullable T read(Supplier<@Nullable T> reading) {
    try {
      return reading.get();
    } catch (VaeException e) {
      String fault = String.valueOf(e.getMessage());
      // The object of an option's place is asked for more than once.
      if (!faults.contains(fault)) {
        faults.add(fault);
      }
      return null;
    }
  }
}

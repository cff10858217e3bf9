package io.github.jvae.bench.reproduce;

import io.github.jvae.data.source.DataSource;
import io.github.jvae.option.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to come to a published figure: the options of {@code vae train} and {@code vae evaluate}, and
 * what has to be known of them.
 *
 * @param name by which it is asked for
 * @param title what it is, in a few words
 * @param protocol all that is done, in sentences
 * @param figure that is wanted
 * @param budget how long it trains, and where that is less than was published
 * @param notes what is not certain, or differs from what was published
 * @param obtain how to get data that have no published name; null where they have one
 * @param train the options of {@code vae train}, with {@code --data} and {@code --epochs}
 * @param model which of the models in the training's folder is evaluated; empty for the last one
 * @param evaluate the options of {@code vae evaluate}
 * @param quick the early curve; null if it has none
 * @param json as it stands in its file
 */
public record Recipe(
    String name,
    String title,
    String protocol,
    Figure figure,
    String budget,
    List<String> notes,
    @Nullable String obtain,
    Arguments train,
    String model,
    Arguments evaluate,
    @Nullable EarlyCurve quick,
    Options json) {
  static final String DATA = "--data";
  static final String EPOCHS = "--epochs";
  static final String SAMPLES = "--samples";

  public Recipe {
    notes = List.copyOf(notes);
  }

  /** Returns what {@code --data} names: a published data set, or a file or folder. */
  public String data() {
    return train.text(DATA);
  }

  /** Returns whether the data have a name by which {@code --data-dir} finds them. */
  public boolean hasNamedData() {
    return DataSource.standard().isNamed(data());
  }

  /** Returns how many epochs are trained. */
  public long epochs() {
    return Long.parseLong(train.text(EPOCHS));
  }

  /**
   * Returns the command that trains.
   *
   * @param data where the data are
   * @param more options, such as of the engine
   */
  public List<String> training(String data, Arguments more) {
    return words("train", train.with(DATA, data).with(more));
  }

  /** As {@link #training}, of the short training of a recipe that has an early curve. */
  public List<String> shortTraining(EarlyCurve curve, String data, Arguments more) {
    return words("train", curve.shortening(train).with(DATA, data).with(more));
  }

  /**
   * Returns the command that evaluates.
   *
   * @param folder the training's
   * @param data where the data are
   * @param more options, such as of the engine
   */
  public List<String> evaluation(String folder, String data, Arguments more) {
    String place = model.isEmpty() ? folder : folder + "/" + model;
    return words("evaluate", place, evaluate.with(DATA, data).with(more));
  }

  private static List<String> words(String command, Arguments arguments) {
    return words(command, null, arguments);
  }

  private static List<String> words(
      String command, @Nullable String positional, Arguments arguments) {
    List<String> words = new ArrayList<>(List.of(command));
    if (positional != null) {
      words.add(positional);
    }
    words.addAll(arguments.words());
    return words;
  }

  /** Returns what decides its numbers, to know it again. */
  Options fingerprint() {
    return Options.none()
        .with(RecipeReader.TRAIN, train.options())
        .with(RecipeReader.MODEL, model)
        .with(RecipeReader.EVALUATE, evaluate.options());
  }

  /** Returns what its file holds once its early curve has other points. */
  public Options withCurve(EarlyCurve curve) {
    return json.with(RecipeReader.QUICK, curve.toOptions());
  }
}

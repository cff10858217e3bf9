package io.github.jvae;

import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.Examples;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data that a model was trained on, with fingerprints by which they are known again. Models are
 * published with it, so it holds no path.
 *
 * @param name what the data set is called
 * @param source the name under which a published data set is found; null for any other
 * @param limit the examples that each part was limited to; null for all
 * @param reading how it was read from a path; empty if nothing was said of that
 * @param train the examples to train on
 * @param validation the examples to choose the best epoch by; empty if there were none
 * @param test the examples to test on
 */
public record TrainingData(
    String name,
    @Nullable String source,
    @Nullable Integer limit,
    Optional<DataReading> reading,
    Fingerprint train,
    Optional<Fingerprint> validation,
    Fingerprint test) {
  /** The member that says how the data were read, see {@link DataReading#toOptions}. */
  public static final String READING = "reading";

  /**
   * What a part of a data set is known by.
   *
   * @param count how many examples
   * @param sha256 of them, see {@link Examples#sha256}
   */
  public record Fingerprint(int count, String sha256) {
    static Fingerprint of(Examples examples) {
      return new Fingerprint(examples.size(), examples.sha256());
    }
  }

  /** Returns what is known of a data set itself. */
  public static TrainingData of(DataParts data) {
    return of(data, null, null);
  }

  /**
   * Returns what is known of a data set.
   *
   * @param data the parts as the training uses them
   * @param source the name under which it is published; null if it is not
   * @param limit the examples that it was limited to; null for all
   */
  public static TrainingData of(DataParts data, @Nullable String source, @Nullable Integer limit) {
    return new TrainingData(
        data.name(),
        source,
        limit,
        data.reading(),
        Fingerprint.of(data.train()),
        data.validation().map(Fingerprint::of),
        Fingerprint.of(data.test()));
  }

  /** Returns the member {@code data} of a provenance. */
  public Options toOptions() {
    Options named = Options.none().with("name", name);
    named = source == null ? named : named.with("source", source);
    named = named.with("limit", OptionValue.ofNullable(limit));
    named = reading.isEmpty() ? named : named.with(READING, reading.get().toOptions());
    named = named.with("train_images", train.count());
    named = validation.isEmpty()
        ? named
        : named.with("validation_images", validation.get().count());
    named = named.with("test_images", test.count()).with("train_sha256", train.sha256());
    named = validation.isEmpty()
        ? named
        : named.with("validation_sha256", validation.get().sha256());
    return named.with("test_sha256", test.sha256());
  }
}

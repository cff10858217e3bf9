package io.github.jvae;

import io.github.jvae.data.ImageData;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import org.jspecify.annotations.Nullable;

/**
 * The data that a model was trained on, with fingerprints by which they are known again. Models are
 * published with it, so it holds no path.
 *
 * @param name what the data set is called
 * @param source the name under which a published data set is found; null for any other
 * @param limit the images that each part was limited to; null for all
 * @param trainImages the number of training images
 * @param testImages the number of test images
 * @param trainSha256 the fingerprint of the training images
 * @param testSha256 the fingerprint of the test images
 */
public record TrainingData(
    String name,
    @Nullable String source,
    @Nullable Integer limit,
    int trainImages,
    int testImages,
    String trainSha256,
    String testSha256) {

  /** Returns what is known of a data set itself. */
  public static TrainingData of(ImageData data) {
    return of(data, null, null);
  }

  /**
   * Returns what is known of a data set.
   *
   * @param source the name under which it is published; null if it is not
   * @param limit the images that it was limited to; null for all
   */
  public static TrainingData of(ImageData data, @Nullable String source, @Nullable Integer limit) {
    return new TrainingData(
        data.name(),
        source,
        limit,
        data.train().size(),
        data.test().size(),
        data.train().sha256(),
        data.test().sha256());
  }

  /** Returns the member {@code data} of a provenance. */
  public Options toOptions() {
    Options named = Options.none().with("name", name);
    named = source == null ? named : named.with("source", source);
    return named
        .with("limit", OptionValue.ofNullable(limit))
        .with("train_images", trainImages)
        .with("test_images", testImages)
        .with("train_sha256", trainSha256)
        .with("test_sha256", testSha256);
  }
}

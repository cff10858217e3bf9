package io.github.jvae.bench.compare;

import io.github.jvae.TrainingData;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Precision;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.DataReading;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.source.DataSource;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.train.TrainingOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every process of a comparison does, but for the engine.
 *
 * @param model what is trained
 * @param options how
 * @param steps how many steps
 * @param data the data set as it was asked for, a name or a path
 * @param dataFolder where data sets are; null for the usual places
 * @param reading how a path is read; null for as its format does by itself
 * @param limit how many images are used at most; null for all
 * @param outputBiasOfData whether the output bias starts from the training images
 * @param threads processor threads for one operation
 * @param precision of matrix products
 * @param seconds how long each use of the trained model is timed
 */
public record ComparisonPlan(
    VaeConfig model,
    TrainingOptions options,
    int steps,
    String data,
    @Nullable Path dataFolder,
    @Nullable DataReading reading,
    @Nullable Integer limit,
    boolean outputBiasOfData,
    int threads,
    Precision precision,
    double seconds) {

  /** Opens the data set; never downloads, as whoever made the plan has done that. */
  DataParts open() {
    DataSource source = DataSource.standard().offline();
    source = reading == null ? source : source.like(reading);
    DataParts images = (dataFolder == null ? source : source.dataFolder(dataFolder)).open(data);
    return limit == null ? images : images.limit(limit);
  }

  /** Makes the model with its first weights. */
  Vae build(BackendModule backend, DataParts images) {
    return Vae.builder()
        .backend(backend)
        .threads(threads)
        .precision(precision)
        .config(model)
        .seed(options.seed())
        .outputBias(
            outputBiasOfData ? ElementMoments.of(images.train(), options.transforms()) : null)
        .startingFrom(images.train(), options.transforms())
        .build();
  }

  /** Writes it to a file. */
  void write(Path file) {
    JsonFile.write(
        file,
        Options.none()
            .with("model", model.toOptions())
            .with("options", options.toOptions())
            .with("steps", steps)
            .with("data", data)
            .with(
                "data_folder",
                OptionValue.ofNullable(dataFolder == null ? null : dataFolder.toString()))
            .with(
                TrainingData.READING,
                reading == null ? OptionValue.Nothing.NOTHING : reading.toOptions())
            .with("limit", OptionValue.ofNullable(limit))
            .with("output_bias_of_data", outputBiasOfData)
            .with("threads", threads)
            .with("precision", precision.name())
            .with("seconds", seconds));
  }

  /** Reads what {@link #write} wrote. */
  public static ComparisonPlan read(Path file) {
    Options json = JsonFile.read(file);
    JsonMembers members = JsonMembers.of(json);
    String folder = members.text("data_folder");
    OptionValue reading = json.get(TrainingData.READING);
    int limit = members.integer("limit", 1, Integer.MAX_VALUE);
    return new ComparisonPlan(
        VaeConfig.of(Objects.requireNonNull(json.get("model"))),
        TrainingOptions.of(members.object("options").options()),
        members.integer("steps", 1, 1),
        Objects.requireNonNull(members.text("data")),
        folder == null ? null : Path.of(folder),
        reading instanceof Options how ? DataReading.of(how) : null,
        limit == Integer.MAX_VALUE ? null : (Integer) limit,
        members.flag("output_bias_of_data", false),
        members.integer("threads", 1, 1),
        Precision.valueOf(Objects.requireNonNull(members.text("precision"))),
        members.number("seconds", 1));
  }
}

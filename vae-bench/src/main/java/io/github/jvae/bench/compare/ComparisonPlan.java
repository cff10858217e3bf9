package io.github.jvae.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Precision;
import io.github.jvae.checkpoint.JsonFile;
import io.github.jvae.data.DataSource;
import io.github.jvae.data.ImageData;
import io.github.jvae.data.PixelMoments;
import io.github.jvae.train.TrainingOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What every process of a comparison does, but for the engine.
 *
 * @param model what is trained
 * @param options how
 * @param steps how many steps
 * @param data the data set as it was asked for, a name or a path
 * @param dataFolder where data sets are; null for the usual places
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
    @Nullable Integer limit,
    boolean outputBiasOfData,
    int threads,
    Precision precision,
    double seconds) {

  /** Opens the data set; never downloads, as whoever made the plan has done that. */
  ImageData open() {
    DataSource source = DataSource.standard().offline();
    ImageData images = (dataFolder == null ? source : source.dataFolder(dataFolder)).open(data);
    return limit == null ? images : images.limit(limit, limit);
  }

  /** Makes the model with its first weights. */
  Vae build(BackendModule backend, ImageData images) {
    return Vae.builder()
        .backend(backend)
        .threads(threads)
        .precision(precision)
        .config(model)
        .seed(options.seed())
        .outputBias(
            outputBiasOfData ? PixelMoments.of(images.train(), options.binarization()) : null)
        .build();
  }

  /** Writes it to a file. */
  void write(Path file) {
    ObjectNode json = JsonFile.object();
    json.set("model", model.toJson());
    json.set("options", options.toJson());
    json.put("steps", steps);
    json.put("data", data);
    json.put("data_folder", dataFolder == null ? null : dataFolder.toString());
    json.put("limit", limit);
    json.put("output_bias_of_data", outputBiasOfData);
    json.put("threads", threads);
    json.put("precision", precision.name());
    json.put("seconds", seconds);
    JsonFile.write(file, json);
  }

  /** Reads what {@link #write} wrote. */
  public static ComparisonPlan read(Path file) {
    ObjectNode json = JsonFile.read(file);
    JsonNode folder = json.path("data_folder");
    JsonNode limit = json.path("limit");
    return new ComparisonPlan(
        VaeConfig.fromJson(json.path("model")),
        TrainingOptions.fromJson((ObjectNode) json.path("options")),
        json.path("steps").intValue(),
        json.path("data").asText(),
        folder.isTextual() ? Path.of(folder.textValue()) : null,
        limit.isInt() ? (Integer) limit.intValue() : null,
        json.path("output_bias_of_data").booleanValue(),
        json.path("threads").intValue(),
        Precision.valueOf(json.path("precision").asText()),
        json.path("seconds").doubleValue());
  }
}

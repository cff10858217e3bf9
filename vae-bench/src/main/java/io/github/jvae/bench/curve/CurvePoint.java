package io.github.jvae.bench.curve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.bench.console.JsonResult;
import java.nio.file.Path;

/**
 * What a model of one weight of the divergence came to, in nats per example (Alemi et al., "Fixing
 * a broken ELBO", 2018).
 *
 * @param beta the weight
 * @param model the name of its folder, as it was given
 * @param rate the divergence {@code KL(q(z|x) ‖ p(z))}
 * @param distortion {@code -E_q log p(x|z)}
 * @param elbo {@code -(rate + distortion)}
 * @param elboStandardError of the ELBO over examples
 */
public record CurvePoint(
    double beta,
    String model,
    double rate,
    double distortion,
    double elbo,
    double elboStandardError) {

  /** Reads what {@code vae evaluate} found. */
  public static CurvePoint of(double beta, Path model, JsonNode evaluated) {
    return new CurvePoint(
        beta,
        model.toString(),
        evaluated.path("kl").asDouble(Double.NaN),
        -evaluated.path("log_likelihood").asDouble(Double.NaN),
        evaluated.path("elbo").asDouble(Double.NaN),
        evaluated.path("elbo_standard_error").asDouble(Double.NaN));
  }

  /** Reads what {@link #json} wrote. */
  static CurvePoint of(JsonNode json) {
    return new CurvePoint(
        json.path("beta").asDouble(Double.NaN),
        json.path("model").asText(),
        json.path("rate").asDouble(Double.NaN),
        json.path("distortion").asDouble(Double.NaN),
        json.path("elbo").asDouble(Double.NaN),
        json.path("elbo_standard_error").asDouble(Double.NaN));
  }

  JsonNode json() {
    return new JsonResult()
        .put("beta", (Double) beta)
        .put("model", model)
        .put("rate", (Double) rate)
        .put("distortion", (Double) distortion)
        .put("elbo", (Double) elbo)
        .put("elbo_standard_error", (Double) elboStandardError)
        .toJson();
  }

  /** A line of a CSV file. */
  String csv() {
    return beta + "," + rate + "," + distortion + "," + elbo + "," + elboStandardError;
  }
}

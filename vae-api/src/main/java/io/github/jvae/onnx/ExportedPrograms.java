package io.github.jvae.onnx;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Encoded;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.onnx.internal.GraphTrace;
import io.github.jvae.onnx.internal.OnnxModel;
import io.github.jvae.onnx.internal.OpenExtents;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** What a model computes, recorded as graphs for batches of any size. */
final class ExportedPrograms {
  private static final String BATCH = "batch";
  private static final String SAMPLES = "samples";
  private static final String X = "x";
  private static final String Z = "z";
  private static final String NOISE = "noise";
  private static final String RECONSTRUCTION = "reconstruction";

  private final ModelRuntime runtime;
  private final RecordingBackend backend;

  /** @param runtime on a {@link RecordingBackend} */
  ExportedPrograms(ModelRuntime runtime) {
    this.runtime = runtime;
    this.backend = (RecordingBackend) runtime.backend();
  }

  /** Records a graph, with inputs of these sizes. */
  private interface Recording extends BiConsumer<GraphTrace, Map<String, Integer>> {}

  /**
   * Returns the graphs by their names.
   *
   * @throws io.github.jvae.error.VaeException if one cannot be left open for batches of any size
   */
  Map<String, OnnxModel> all() {
    Map<String, OnnxModel> all = new LinkedHashMap<>();
    all.put("encoder", graph("the encoder", this::encode, BATCH));
    all.put("decoder", graph("the decoder", this::decode, BATCH));
    all.put("reconstruct", graph("reconstruction", this::reconstruct, BATCH));
    all.put("prior", graph("the prior", this::drawLatents, BATCH));
    all.put("score", graph("the bound", this::score, BATCH, SAMPLES));
    return all;
  }

  private OnnxModel graph(String what, Recording recording, String... open) {
    return new OpenExtents(open)
        .graph(
            sizes -> {
              GraphTrace trace = backend.trace();
              recording.accept(trace, sizes);
              return trace.model();
            },
            what);
  }

  private LatentModel model() {
    return runtime.model();
  }

  private void encode(GraphTrace trace, Map<String, Integer> sizes) {
    Encoded encoded = model().encode(examples(trace, sizes));
    trace.output("mean", encoded.mean());
    encoded.logVariance().ifPresent(value -> trace.output("log_variance", value));
  }

  private void decode(GraphTrace trace, Map<String, Integer> sizes) {
    int batch = size(sizes, BATCH);
    Tensor z = trace.input(Z, Shape.of(batch, model().latent()));
    Tensor decoded = model().decode(z, conditions(trace, batch));
    trace.output(RECONSTRUCTION, model().likelihood().mean(decoded));
  }

  private void reconstruct(GraphTrace trace, Map<String, Integer> sizes) {
    Inputs in = examples(trace, sizes);
    Tensor decoded = model().decode(model().encode(in).mean(), in.conditions());
    trace.output(RECONSTRUCTION, model().likelihood().mean(decoded));
  }

  private void drawLatents(GraphTrace trace, Map<String, Integer> sizes) {
    int batch = size(sizes, BATCH);
    Tensor noise = trace.input(NOISE, Shape.of(batch, model().priorNoiseSize()));
    trace.output(Z, model().sample(noise, conditions(trace, batch)));
  }

  /**
   * The bounds of several draws: the ELBO and its terms, on average over them, and the
   * importance-weighted bound (Burda, Grosse and Salakhutdinov, 2016).
   */
  private void score(GraphTrace trace, Map<String, Integer> sizes) {
    int batch = size(sizes, BATCH);
    int samples = size(sizes, SAMPLES);
    Inputs in = examples(trace, sizes);
    Tensor noise = trace
        .input(NOISE, Shape.of(batch, samples, model().noiseSize()))
        .reshape(batch * samples, model().noiseSize());
    BoundTerms closed = model().bound(in, noise, DivergenceForm.CLOSED_FORM);
    trace.output("elbo", overDraws(closed.elbo(), batch, samples));
    trace.output("log_likelihood", overDraws(closed.logLikelihood(), batch, samples));
    trace.output("kl", overDraws(closed.kl(), batch, samples));
    Tensor logWeights =
        model().bound(in, noise, DivergenceForm.SAMPLED).elbo().reshape(batch, samples);
    Tensor greatest = logWeights.reduce(Reduction.MAX, true, 1);
    Tensor mean = logWeights.subtract(greatest).exp().reduce(Reduction.MEAN, true, 1);
    trace.output("importance_weighted_bound", mean.log().add(greatest).reshape(batch));
  }

  private static Tensor overDraws(Tensor each, int batch, int samples) {
    return each.reshape(batch, samples).mean(1);
  }

  private Inputs examples(GraphTrace trace, Map<String, Integer> sizes) {
    int batch = size(sizes, BATCH);
    Tensor x = trace.input(X, runtime.example().prepend(batch));
    return new Inputs(x, conditions(trace, batch));
  }

  private Conditions conditions(GraphTrace trace, int batch) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    runtime
        .conditions()
        .forEach((name, shape) -> values.put(name, trace.input(name, shape.prepend(batch))));
    return Conditions.of(values);
  }

  private static int size(Map<String, Integer> sizes, String extent) {
    return Objects.requireNonNull(sizes.get(extent));
  }
}

package io.github.jvae.evaluate;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Computation.Examples;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Encoded;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.KnownLatents;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes, decodes and samples with a model. Each method takes a whole batch of any size, computed
 * in a few sizes that are each recorded once and replayed from then on ({@link RowBlocks}). Any
 * number of threads may use it at once; they take turns.
 *
 * <p>A model with conditions is given them by name, with one row per example: methods without them
 * are for models without.
 */
public final class Inference implements AutoCloseable {
  private static final Map<String, HostTensor> NO_CONDITIONS = Map.of();

  private final ModelRuntime runtime;
  private final OptionalOutputs encoding;
  private final RowBlocks encode;
  private final RowBlocks decode;
  private final RowBlocks draw;
  private final RowBlocks prior;
  private final RowBlocks throughMean;
  private final RowBlocks throughPrior;
  private final ExampleCheck check;
  private final RowBlocks completion;

  /** Prepares the computations; nothing is recorded yet. */
  public Inference(ModelRuntime runtime) {
    this.runtime = runtime;
    LatentModel model = runtime.model();
    Likelihood likelihood = model.likelihood();
    this.encoding = new OptionalOutputs(inputs -> {
      Encoded encoded = model.encode(runtime.inputs(inputs.get(0), rest(inputs, 1)));
      return List.of(Optional.of(encoded.mean()), encoded.logVariance());
    });
    this.encode = new RowBlocks(runtime.backend().compile(encoding));
    this.decode = compile((trace, inputs) -> List.of(likelihood.mean(decoded(inputs, 1))));
    this.draw = compile((trace, inputs) ->
        List.of(likelihood.sample(decoded(inputs, 3), inputs.get(1), inputs.get(2))));
    this.prior = compile((trace, inputs) ->
        List.of(model.sample(inputs.get(0), runtime.conditions(rest(inputs, 1)))));
    this.throughMean = compile((trace, inputs) -> {
      Inputs in = runtime.inputs(inputs.get(0), rest(inputs, 1));
      return List.of(likelihood.mean(model.decode(model.encode(in).mean(), in.conditions())));
    });
    this.throughPrior = compile((trace, inputs) -> {
      Conditions conditions = runtime.conditions(rest(inputs, 1));
      return List.of(
          likelihood.mean(model.decode(model.sample(inputs.get(0), conditions), conditions)));
    });
    this.check = new ExampleCheck(runtime);
    this.completion = compile((trace, inputs) -> List.of(model.complete(
        new KnownLatents(inputs.get(0), inputs.get(1)),
        inputs.get(2),
        runtime.conditions(rest(inputs, 3)))));
  }

  private RowBlocks compile(Computation computation) {
    return new RowBlocks(runtime.backend().compile(Computation.of(Examples.APART, computation)));
  }

  private Tensor decoded(List<Tensor> inputs, int conditions) {
    return runtime.model().decode(inputs.get(0), runtime.conditions(rest(inputs, conditions)));
  }

  private static List<Tensor> rest(List<Tensor> inputs, int from) {
    return inputs.subList(from, inputs.size());
  }

  /** Runs with the model's conditions as the last inputs. */
  private List<HostTensor> run(
      RowBlocks computation, Map<String, HostTensor> conditions, HostTensor... inputs) {
    return computation.run(runtime.withConditions(conditions, inputs));
  }

  /**
   * Returns the posteriors of examples.
   *
   * @param examples [B, ...], images [B, C, H, W] in [0, 1]
   * @throws VaeException if the shape is not the model's, or a number is not finite
   */
  public Encoding encode(HostTensor examples) {
    return encode(examples, NO_CONDITIONS);
  }

  /**
   * Returns the posteriors of examples under conditions.
   *
   * @throws VaeException as {@link #encode(HostTensor)}, or if a condition is missing or of another
   *     shape
   */
  public Encoding encode(HostTensor examples, Map<String, HostTensor> conditions) {
    check.requireShape(examples);
    List<Optional<HostTensor>> result = encoding.inPlace(run(encode, conditions, examples));
    return new Encoding(result.get(0).orElseThrow(), result.get(1));
  }

  /**
   * Returns the expected examples of latent vectors.
   *
   * @param latents [B, L]
   * @return [B, ...]
   * @throws VaeException if the shape is not the model's
   */
  public HostTensor decode(HostTensor latents) {
    return decode(latents, NO_CONDITIONS);
  }

  /**
   * Returns the expected examples of latent vectors under conditions.
   *
   * @throws VaeException as {@link #decode(HostTensor)}, or if a condition is missing or of another
   *     shape
   */
  public HostTensor decode(HostTensor latents, Map<String, HostTensor> conditions) {
    return run(decode, conditions, requireLatents(latents)).get(0);
  }

  /**
   * Returns examples through the posterior's mean and back.
   *
   * @param examples [B, ...], images [B, C, H, W] in [0, 1]
   * @return [B, ...]
   * @throws VaeException if the shape is not the model's, or a number is not finite
   */
  public HostTensor reconstruct(HostTensor examples) {
    return reconstruct(examples, NO_CONDITIONS);
  }

  /**
   * Returns examples through the posterior's mean and back, under conditions.
   *
   * @throws VaeException as {@link #reconstruct(HostTensor)}, or if a condition is missing or of
   *     another shape
   */
  public HostTensor reconstruct(HostTensor examples, Map<String, HostTensor> conditions) {
    check.requireShape(examples);
    return run(throughMean, conditions, examples).get(0);
  }

  /**
   * Returns latent vectors from the prior.
   *
   * @return [count, L]
   */
  public HostTensor sampleLatents(int count, long seed) {
    return sampleLatents(count, seed, NO_CONDITIONS);
  }

  /**
   * Returns latent vectors from the prior under conditions.
   *
   * @param conditions with one row for each latent vector
   * @throws VaeException if a condition is missing or of another shape
   */
  public HostTensor sampleLatents(int count, long seed, Map<String, HostTensor> conditions) {
    return sampleLatents(PriorDraws.of(count, seed).under(conditions));
  }

  /**
   * Returns latent vectors from the prior at a temperature, or with groups in common.
   *
   * @return [count, L]
   * @throws VaeException if a condition is missing or of another shape, there is no such group, it
   *     has no temperature, or the model does not draw groups given others
   */
  public HostTensor sampleLatents(PriorDraws draws) {
    NamedGroups groups = new NamedGroups(runtime.model());
    HostTensor noise = groups.noise(draws);
    if (draws.fixed().isEmpty()) {
      return run(prior, draws.conditions(), noise).get(0);
    }
    HostTensor places = groups.places(draws.fixed(), draws.count());
    HostTensor given = draws
        .like()
        .map(this::requireLatents)
        .orElseGet(() -> run(prior, first(draws.conditions()), noise.rows(0, 1)).get(0));
    return run(completion, draws.conditions(), rows(given, draws.count()), places, noise)
        .get(0);
  }

  private static Map<String, HostTensor> first(Map<String, HostTensor> conditions) {
    Map<String, HostTensor> first = new LinkedHashMap<>();
    conditions.forEach((name, rows) -> first.put(name, rows.rows(0, 1)));
    return first;
  }

  /** Returns latent vectors of which one stands for all. */
  private static HostTensor rows(HostTensor row, int count) {
    int given = row.shape().dimension(0);
    if (given == count) {
      return row;
    }
    if (given != 1) {
      throw new VaeException("fixed groups are those of one latent vector or of all that are drawn,"
          + " which are " + count + ", not of " + given);
    }
    return row.repeated(count);
  }

  /**
   * Returns the noise from which the prior makes the latent vectors of samples.
   *
   * @return [count, numbers of noise]
   */
  public HostTensor sampleNoise(int count, long seed) {
    return new NamedGroups(runtime.model()).noise(PriorDraws.of(count, seed));
  }

  /**
   * Returns the expected examples of latent vectors from the prior: what is usually shown as a
   * sample.
   *
   * @return [count, ...]
   */
  public HostTensor sample(int count, long seed) {
    return sample(count, seed, NO_CONDITIONS);
  }

  /**
   * Returns the expected examples of latent vectors from the prior under conditions.
   *
   * @param conditions with one row for each example
   * @throws VaeException if a condition is missing or of another shape
   */
  public HostTensor sample(int count, long seed, Map<String, HostTensor> conditions) {
    return sampleFrom(sampleNoise(count, seed), conditions);
  }

  /**
   * Returns the expected examples of the latent vectors that the prior makes of noise, under
   * conditions.
   *
   * @param noise [B, numbers of noise], as {@link #sampleNoise} makes it
   * @param conditions with one row for each example
   * @return [B, ...]
   * @throws VaeException if a condition is missing or of another shape
   */
  public HostTensor sampleFrom(HostTensor noise, Map<String, HostTensor> conditions) {
    return run(throughPrior, conditions, noise).get(0);
  }

  /**
   * Returns the expected examples of latent vectors from the prior at a temperature, or with groups
   * in common.
   *
   * @return [count, ...]
   * @throws VaeException as {@link #sampleLatents(PriorDraws)}
   */
  public HostTensor sample(PriorDraws draws) {
    return draws.fixed().isEmpty()
        ? sampleFrom(new NamedGroups(runtime.model()).noise(draws), draws.conditions())
        : decode(sampleLatents(draws), draws.conditions());
  }

  /**
   * Returns examples drawn from the model, the likelihood's noise included.
   *
   * @return [count, ...]
   */
  public HostTensor sampleWithPixelNoise(int count, long seed) {
    return sampleWithPixelNoise(count, seed, NO_CONDITIONS);
  }

  /**
   * Returns examples drawn from the model under conditions, the likelihood's noise included.
   *
   * @param conditions with one row for each example
   * @throws VaeException if a condition is missing or of another shape
   */
  public HostTensor sampleWithPixelNoise(int count, long seed, Map<String, HostTensor> conditions) {
    return decodeWithPixelNoise(sampleLatents(count, seed, conditions), seed, conditions);
  }

  /**
   * Returns examples drawn from the likelihood of latent vectors under conditions.
   *
   * @param latents [B, L]
   * @param seed of the noise
   * @param conditions with one row for each latent vector
   * @return [B, ...]
   * @throws VaeException if the shape is not the model's, or a condition is missing or of another
   */
  public HostTensor decodeWithPixelNoise(
      HostTensor latents, long seed, Map<String, HostTensor> conditions) {
    int count = requireLatents(latents).shape().dimension(0);
    Shape noise = runtime.model().likelihood().noise(runtime.example()).prepend(count);
    HostTensor uniform = HostTensor.zeros(noise);
    HostTensor normal = HostTensor.zeros(noise);
    // Half a step above 0, so that a logarithm of it stays finite.
    RandomStream.of(seed).child("pixels").fillUniform(uniform.data(), 0x1p-25, 1 - 0x1p-24);
    RandomStream.of(seed).child("pixel noise").fillGaussian(normal.data());
    return run(draw, conditions, latents, uniform, normal).get(0);
  }

  private HostTensor requireLatents(HostTensor latents) {
    int wanted = runtime.model().latent();
    if (latents.shape().rank() != 2 || latents.shape().dimension(1) != wanted) {
      throw new VaeException(
          "the model takes latent vectors [batch, " + wanted + "], not " + latents.shape());
    }
    return latents;
  }

  @Override
  public void close() {
    encode.close();
    decode.close();
    draw.close();
    prior.close();
    throughMean.close();
    throughPrior.close();
    completion.close();
  }
}

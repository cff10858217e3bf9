package io.github.jvae.calibration;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Inference;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Model;
import io.github.jvae.model.PosteriorDraws;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Simulation-based calibration of a model's posteriors (Talts et al., "Validating Bayesian
 * inference algorithms with simulation-based calibration", 2018): z is drawn from p(z), an example
 * from p(x|z), and L draws from the encoder's q(z|x). Where q(z|x) is the posterior of the model's
 * own decoder and prior, the rank of z among those draws is even on 0 to L, in each latent
 * dimension.
 *
 * <p>Ranks of dimensions alone are even as well where q(z|x) is the prior and does not look at x.
 * So the log-likelihood {@code log p(x|z)} is ranked too, which finds that (Modrák et al.,
 * "Simulation-based calibration checking for Bayesian computation: the choice of test quantities
 * shapes sensitivity", 2023).
 *
 * <p>What is checked is the encoder, on examples that the model draws; whether those are like the
 * data it does not say. For one thread.
 */
public final class SimulationCalibration implements AutoCloseable {
  /** The name of the log-likelihood among the quantities. */
  public static final String LOG_LIKELIHOOD = "log p(x|z)";

  /** Numbers of all latent vectors, and of all examples that are decoded from them, at a time. */
  private static final int NUMBERS = 1 << 21;

  private final ModelRuntime runtime;
  private final Inference inference;
  private final Model model;
  private final Executable executable;

  /**
   * Prepares the computation; nothing is recorded yet.
   *
   * @param inference of the same model; stays the caller's to close
   * @throws ConfigurationException if the model has no posterior to draw from, or no prior
   */
  public SimulationCalibration(ModelRuntime runtime, Inference inference) {
    this.runtime = runtime;
    this.inference = inference;
    this.model = CalibratedModel.require(runtime);
    this.executable = runtime
        .backend()
        .compile(Computation.of(Computation.Examples.APART, (trace, inputs) -> record(inputs)));
  }

  /**
   * Records draws and what their log-likelihood is.
   *
   * @param inputs examples [B, ...], their latent vectors [B, latent], noise [B, L, N], conditions
   * @return [B, L, latent], [B, L], and the log-likelihood of the examples' own vectors, [B]
   */
  private List<Tensor> record(List<Tensor> inputs) {
    Inputs in = runtime.inputs(inputs.get(0), inputs.subList(3, inputs.size()));
    Tensor own = model.logLikelihood(in, model.decode(inputs.get(1), in.conditions()));
    Shape noise = inputs.get(2).shape();
    int count = noise.dimension(0);
    int times = noise.dimension(1);
    PosteriorDraws draws =
        model.draws(in, inputs.get(2).reshape(count * times, noise.dimension(2)));
    Inputs each = draws.in();
    Tensor logLikelihood = model.logLikelihood(each, model.decode(draws.z(), each.conditions()));
    return List.of(
        draws.z().reshape(count, times, model.latent()), logLikelihood.reshape(count, times), own);
  }

  /**
   * Simulates with a model that is told nothing.
   *
   * @throws VaeException as {@link #run(SimulationSettings, Map, IntConsumer)}
   */
  public List<RankHistogram> run(SimulationSettings settings) {
    return run(settings, Map.of(), done -> {});
  }

  /**
   * Simulates.
   *
   * @param conditions what the model is told of each simulated example, with one row for each
   * @param progress told how many are done
   * @return one histogram for each latent dimension, in order, and one of the log-likelihood
   * @throws VaeException if a condition is missing or of another shape, or a draw is not finite
   */
  public List<RankHistogram> run(
      SimulationSettings settings, Map<String, HostTensor> conditions, IntConsumer progress) {
    int count = settings.simulations();
    HostTensor latents = inference.sampleLatents(count, settings.seed(), conditions);
    Ranks ranks = new Ranks(settings, model.latent());
    int block = block(settings.draws());
    for (int begin = 0; begin < count; begin += block) {
      int end = Math.min(count, begin + block);
      add(ranks, latents.rows(begin, end), rows(conditions, begin, end), begin, settings);
      progress.accept(end);
    }
    return ranks.histograms();
  }

  private int block(int draws) {
    long numbers =
        (long) draws * (model.latent() + model.noiseSize() + runtime.example().size());
    return (int) Math.max(1, Math.min(256, NUMBERS / numbers));
  }

  private void add(
      Ranks ranks,
      HostTensor latents,
      Map<String, HostTensor> conditions,
      int begin,
      SimulationSettings settings) {
    int count = latents.shape().dimension(0);
    RandomStream root = RandomStream.of(settings.seed()).child("calibration");
    // Each block has noise of its own: that of the first would else come back in all others.
    long seed = root.child("examples").child(begin).nextLong();
    HostTensor examples = inference.decodeWithPixelNoise(latents, seed, conditions);
    HostTensor noise = HostTensor.zeros(Shape.of(count, settings.draws(), model.noiseSize()));
    int size = settings.draws() * model.noiseSize();
    for (int i = 0; i < count; i++) {
      root.child("draws")
          .child(begin + (long) i)
          .fillGaussian(noise.data(), i * size, (i + 1) * size);
    }
    List<HostTensor> found =
        executable.run(runtime.withConditions(conditions, examples, latents, noise));
    ranks.add(latents, found, begin, root);
  }

  /** Returns what the model is told of some of the examples. */
  static Map<String, HostTensor> rows(Map<String, HostTensor> conditions, int begin, int end) {
    Map<String, HostTensor> some = new LinkedHashMap<>();
    conditions.forEach((name, all) -> some.put(name, all.rows(begin, end)));
    return some;
  }

  /** The ranks of all quantities. */
  private static final class Ranks {
    private final SimulationSettings settings;
    private final int latent;

    /** By quantity: those of the dimensions, then that of the log-likelihood. */
    private final int[][] ranks;

    Ranks(SimulationSettings settings, int latent) {
      this.settings = settings;
      this.latent = latent;
      this.ranks = new int[latent + 1][settings.simulations()];
    }

    void add(HostTensor latents, List<HostTensor> found, int begin, RandomStream root) {
      int draws = settings.draws();
      requireFinite(found.get(0), "a draw from the posterior");
      requireFinite(found.get(1), "log p(x|z) of a draw from the posterior");
      requireFinite(found.get(2), "log p(x|z) of a simulated example");
      for (int i = 0; i < latents.shape().dimension(0); i++) {
        RandomStream ties = root.child("ties").child(begin + (long) i);
        for (int d = 0; d < latent; d++) {
          ranks[d][begin + i] = rank(
              latents.data()[i * latent + d],
              found.get(0).data(),
              i * draws * latent + d,
              latent,
              draws,
              ties);
        }
        ranks[latent][begin + i] =
            rank(found.get(2).data()[i], found.get(1).data(), i * draws, 1, draws, ties);
      }
    }

    private static void requireFinite(HostTensor values, String what) {
      if (!values.isFinite()) {
        throw new ConfigurationException(what + " is not a finite number, so that nothing can be"
            + " ranked; the model's weights may have diverged in training");
      }
    }

    /** Among equals every place has the same chance. */
    private static int rank(
        float value, float[] draws, int from, int step, int count, RandomStream ties) {
      int below = 0;
      int equal = 0;
      for (int i = 0; i < count; i++) {
        float draw = draws[from + i * step];
        if (draw < value) {
          below++;
        } else if (draw == value) {
          equal++;
        }
      }
      return equal == 0 ? below : below + ties.nextInt(equal + 1);
    }

    List<RankHistogram> histograms() {
      List<RankHistogram> all = new ArrayList<>();
      for (int i = 0; i < ranks.length; i++) {
        String quantity = i < latent ? "z[" + i + "]" : LOG_LIKELIHOOD;
        all.add(RankHistogram.of(quantity, ranks[i], settings.draws(), settings.bins()));
      }
      return all;
    }
  }

  @Override
  public void close() {
    executable.close();
  }
}

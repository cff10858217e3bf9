package io.github.jvae.evaluate;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The chain of reasoning behind a variational autoencoder, in numbers: sampling from the prior is a
 * correct estimate of log p(x) that comes to nothing; an encoder and Jensen's inequality give the
 * ELBO; and more draws from the same encoder give bounds that tighten from there towards log p(x).
 */
public final class BoundChain {
  /** How many draws the estimates take. */
  public static final List<Integer> DRAWS = List.of(1, 10, 100, 1000);

  private final ModelRuntime runtime;
  private final long seed;

  /** @param seed of all draws */
  public BoundChain(ModelRuntime runtime, long seed) {
    this.runtime = runtime;
    this.seed = seed;
  }

  /**
   * An estimate with so many draws, made several times anew.
   *
   * @param mean of the repeats, nats per example
   * @param standardError of that mean
   */
  public record Rung(int draws, double mean, double standardError) {}

  /**
   * The chain; all in nats per example.
   *
   * @param elbo of single draws
   * @param logLikelihood its first term, {@code E_q[log p(x|z)]}
   * @param kl its second term, {@code KL(q(z|x) ‖ p(z))}
   * @param posterior importance-weighted bounds
   * @param prior estimates by sampling from the prior
   */
  public record Result(
      Rung elbo, double logLikelihood, double kl, List<Rung> posterior, List<Rung> prior) {
    /** Keeps copies of the lists. */
    public Result {
      posterior = List.copyOf(posterior);
      prior = List.copyOf(prior);
    }

    /** How far the tightest bound is above the ELBO: at least so far is log p(x). */
    public double gap() {
      return posterior.get(posterior.size() - 1).mean() - elbo.mean();
    }
  }

  /**
   * Computes it for images, on average over them.
   *
   * @param images [B, C, H, W]
   * @param conditions of the images, by name
   * @param repeats of each estimate, at least 2
   * @throws VaeException if the model cannot take the images, or there are too few repeats
   */
  public Result of(HostTensor images, Map<String, HostTensor> conditions, int repeats) {
    if (repeats < 2) {
      throw new VaeException(
          "how much an estimate varies needs at least 2 repeats, not " + repeats);
    }
    new ExampleCheck(runtime).require(images);
    List<RunningMean> terms = elbo(images, conditions, repeats * DRAWS.get(DRAWS.size() - 1) / 50);
    return new Result(
        new Rung(1, terms.get(0).value(), terms.get(0).standardError()),
        terms.get(1).value(),
        terms.get(2).value(),
        rungs(images, conditions, Proposal.POSTERIOR, repeats),
        rungs(images, conditions, Proposal.PRIOR, repeats));
  }

  /** Bound, log-likelihood and divergence of many single draws. */
  private List<RunningMean> elbo(HostTensor images, Map<String, HostTensor> conditions, int draws) {
    List<RunningMean> means = List.of(new RunningMean(), new RunningMean(), new RunningMean());
    RandomStream random = RandomStream.of(seed).child("chain");
    HostTensor noise =
        HostTensor.zeros(Shape.of(images.shape().dimension(0), runtime.model().noiseSize()));
    HostTensor[] inputs = runtime.withConditions(conditions, images, noise);
    try (Executable bound = Evaluator.compile(runtime, DivergenceForm.CLOSED_FORM)) {
      for (int i = 0; i < draws; i++) {
        random.fillGaussian(noise.data());
        List<HostTensor> result = bound.run(inputs);
        for (int term = 0; term < means.size(); term++) {
          means.get(term).add(mean(result.get(term).data()));
        }
      }
    }
    return means;
  }

  private List<Rung> rungs(
      HostTensor images, Map<String, HostTensor> conditions, Proposal proposal, int repeats) {
    List<Rung> rungs = new ArrayList<>();
    try (LogLikelihoodEstimator estimator = new LogLikelihoodEstimator(runtime, proposal)) {
      for (int draws : DRAWS) {
        RunningMean estimates = new RunningMean();
        for (int repeat = 0; repeat < repeats; repeat++) {
          double sum = 0;
          for (double value : estimator.estimate(images, conditions, draws, seed + repeat)) {
            sum += value;
          }
          estimates.add(sum / images.shape().dimension(0));
        }
        rungs.add(new Rung(draws, estimates.value(), estimates.standardError()));
      }
    }
    return rungs;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}

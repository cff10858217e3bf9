package io.github.jvae.disentanglement;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Inference;
import io.github.jvae.evaluate.Inspector;
import io.github.jvae.evaluate.LatentActivity;
import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a model makes of examples: the means of their posteriors, and which latent dimensions are
 * active. Immutable.
 *
 * <p>An inactive dimension is one whose posterior is the prior whatever the example. Its mean still
 * differs from example to example by next to nothing, which a measure that rescales each dimension
 * would take for a code; so it counts as constant here.
 */
public final class LatentCodes {
  /**
   * The divergence in nats per example up to which a dimension is inactive (Duan et al.,
   * "Unsupervised model selection for variational disentangled representation learning", 2020).
   */
  public static final double INACTIVE_KL = 0.01;

  private static final int MOST_DIMENSIONS = 1024;

  private final double[][] columns;
  private final List<Boolean> active;

  private LatentCodes(double[][] columns, List<Boolean> active) {
    this.columns = columns;
    this.active = active;
  }

  /**
   * Returns codes of which each dimension is active unless it is constant.
   *
   * @param codes [N, L]
   * @throws VaeException if they are no such rows, too wide, or a number is not finite
   */
  public static LatentCodes of(HostTensor codes) {
    requireCodes(codes);
    return of(codes, Collections.nCopies(codes.shape().dimension(1), true));
  }

  /**
   * Returns codes with what the model makes of its dimensions: one is active if it adds more than
   * {@value #INACTIVE_KL} nats to the divergence or, where that is not known by dimension, if its
   * variance is above {@link LatentActivity#ACTIVE}.
   *
   * @param codes [N, L]
   * @throws VaeException as {@link #of(HostTensor)}, or if the activity is of other dimensions
   */
  public static LatentCodes of(HostTensor codes, LatentActivity activity) {
    requireCodes(codes);
    int latent = codes.shape().dimension(1);
    if (activity.variances().size() != latent) {
      throw new DataException("codes " + codes.shape() + " are not of the "
          + activity.variances().size() + " latent dimensions whose activity is known");
    }
    List<Boolean> active = activity.kl().isEmpty()
        ? activity.variances().stream()
            .map(variance -> variance > LatentActivity.ACTIVE)
            .toList()
        : activity.kl().stream().map(kl -> kl > INACTIVE_KL).toList();
    return of(codes, active);
  }

  /**
   * Encodes examples.
   *
   * @param inference of the same model; stays the caller's to close
   * @param batchSize examples at a time; the result does not depend on it
   * @throws VaeException if the model cannot take the examples, or has more latent dimensions than
   *     1024
   */
  public static LatentCodes of(
      ModelRuntime runtime,
      Inference inference,
      Examples data,
      int batchSize,
      Transforms transforms,
      long seed) {
    requireWidth(runtime.model().latent());
    Batches batches = Batches.of(data, Math.min(batchSize, data.size()))
        .withConditions(runtime.conditions().keySet())
        .transformed(transforms, Pass.test(seed));
    List<HostTensor> means = new ArrayList<>();
    for (Batch batch : batches) {
      means.add(inference.encode(batch.x(), batch.conditions()).mean());
    }
    LatentActivity activity =
        new Inspector(runtime, inference).activity(data, batchSize, transforms, seed);
    return of(HostTensor.joined(means), activity);
  }

  private static void requireWidth(int latent) {
    if (latent > MOST_DIMENSIONS) {
      throw new DataException("factors are compared with at most " + MOST_DIMENSIONS
          + " latent dimensions, and the model has " + latent);
    }
  }

  private static void requireCodes(HostTensor codes) {
    if (codes.shape().rank() != 2) {
      throw new DataException("codes are rows [examples, latent], not " + codes.shape());
    }
    requireWidth(codes.shape().dimension(1));
    if (!codes.isFinite()) {
      throw new DataException("the model encodes an example as numbers that are not finite, which"
          + " no factor can be compared with");
    }
  }

  private static LatentCodes of(HostTensor codes, List<Boolean> wanted) {
    int count = codes.shape().dimension(0);
    int latent = codes.shape().dimension(1);
    double[][] columns = new double[latent][count];
    List<Boolean> active = new ArrayList<>();
    for (int d = 0; d < latent; d++) {
      boolean varies = false;
      for (int i = 0; i < count && wanted.get(d); i++) {
        columns[d][i] = codes.data()[i * latent + d];
        varies |= columns[d][i] != columns[d][0];
      }
      active.add(varies);
    }
    return new LatentCodes(columns, List.copyOf(active));
  }

  /** Returns how many examples there are. */
  public int count() {
    return columns[0].length;
  }

  /** Returns how many latent dimensions there are, L. */
  public int latent() {
    return columns.length;
  }

  /** Returns whether each dimension is active. */
  public List<Boolean> active() {
    return active;
  }

  /** Returns how many dimensions are active. */
  public int activeDimensions() {
    return (int) active.stream().filter(Boolean::booleanValue).count();
  }

  /**
   * Returns whether every number of the active dimensions is the same, as of two models of one
   * seed; never so of codes without an active dimension, which are all alike.
   */
  public boolean isSameAs(LatentCodes other) {
    return activeDimensions() > 0 && Arrays.deepEquals(columns, other.columns);
  }

  /** Returns a dimension of all examples, the array itself; an inactive one is constant. */
  double[] column(int dimension) {
    return columns[dimension];
  }

  /** Returns the codes of some examples; one may come several times. */
  LatentCodes select(int[] examples) {
    double[][] chosen = new double[columns.length][examples.length];
    for (int d = 0; d < columns.length; d++) {
      for (int i = 0; i < examples.length; i++) {
        chosen[d][i] = columns[d][examples[i]];
      }
    }
    return new LatentCodes(chosen, active);
  }
}

package io.github.jvae.quantized;

import io.github.jvae.model.Component;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.Arrays;
import java.util.List;

/**
 * K vectors of D numbers. With {@link CodebookRule#EMA} a vector is m / n of the moving averages of
 * appendix A.1 of van den Oord, Vinyals and Kavukcuoglu, "Neural discrete representation learning",
 * 2017: {@code n ← γ n + (1 - γ) · how often an example uses it} and {@code m ← γ m + (1 - γ) · the
 * sum, for an example, of what is encoded as it}. A code that is dead, as nothing is near it any
 * more, may be restarted: it becomes something of the batch. If it is not, its averages fade until
 * they are tiny, and then stay, so that the vector does.
 */
final class Codebook implements Component {
  static final String USAGE = "codebook.usage";
  static final String SUMS = "codebook.sums";
  static final String VECTORS = "codebook.vectors";

  /** The part of the average use below which a code counts as dead. */
  private static final double RARELY = 0.01;

  /** The part of the average use that a code starts with: the less, the sooner it follows. */
  private static final double AT_FIRST = 0.1;

  private static final double FADED = 1e-8;
  private static final double TINY = 1e-30;

  private final Shape shape;
  private final double usual;
  private final CodebookRule rule;
  private final double decay;
  private final boolean restarts;

  /**
   * @param codes K
   * @param size D
   * @param groups codes of an example
   * @param decay γ
   * @param restarts whether codes that died are restarted where they are moving averages
   */
  Codebook(int codes, int size, int groups, CodebookRule rule, double decay, boolean restarts) {
    this.shape = Shape.of(codes, size);
    this.usual = (double) groups / codes;
    this.rule = rule;
    this.decay = decay;
    this.restarts = restarts;
  }

  /** Returns how many vectors there are, K. */
  int codes() {
    return shape.dimension(0);
  }

  /** Returns how many numbers a vector has, D. */
  int size() {
    return shape.dimension(1);
  }

  /** Returns what a step of training sets anew. */
  List<String> states() {
    return rule == CodebookRule.EMA ? List.of(USAGE, SUMS) : List.of(USAGE);
  }

  @Override
  public List<Parameter> parameters() {
    Parameter usage =
        new Parameter(USAGE, Shape.of(codes()), new Initializer.Constant(AT_FIRST * usual));
    double bound = 1.0 / codes();
    return rule == CodebookRule.EMA
        ? List.of(
            usage, new Parameter(SUMS, shape, new Initializer.Uniform(bound * AT_FIRST * usual)))
        : List.of(usage, new Parameter(VECTORS, shape, new Initializer.Uniform(bound)));
  }

  /** Records the vectors, [K, D]. */
  Tensor vectors(Trace trace) {
    return rule == CodebookRule.EMA
        ? trace
            .parameter(SUMS)
            .divide(trace.parameter(USAGE).reshape(codes(), 1))
            .stopGradient()
        : trace.parameter(VECTORS);
  }

  /**
   * Records which vector is nearest to each of some others, the first of those that are.
   *
   * @param encoded [N, D]
   * @return one-hot, [N, K]
   */
  Tensor nearest(Tensor encoded) {
    Tensor vectors = vectors(encoded.trace()).stopGradient();
    Tensor squares = vectors.square().sum(1).reshape(1, codes());
    Tensor products = encoded.stopGradient().matmul(vectors.transpose(1, 0));
    return OneHot.ofGreatest(products.multiply(2).subtract(squares));
  }

  /** Returns whether the vectors follow a part of the loss. */
  boolean isTrained() {
    return rule == CodebookRule.LOSS;
  }

  /**
   * Records what a step of training sets, and what is reported.
   *
   * @param chosen one-hot, [N, K]
   * @param encoded what it was chosen for, [N, D]
   * @param examples how many they are of
   */
  void learn(Tensor chosen, Tensor encoded, int examples) {
    Trace trace = chosen.trace();
    Tensor usage = trace.parameter(USAGE).stopGradient();
    Tensor dead = dead(usage);
    report(usage, dead);
    Tensor kept = usage.greater(FADED).multiply(decay - 1).add(1);
    double taken = (1 - decay) / examples;
    Tensor used = usage.multiply(kept).add(chosen.sum(0).multiply(taken));
    boolean restarted = restarts && rule == CodebookRule.EMA;
    trace.tell(USAGE, restarted ? either(dead, dead.multiply(AT_FIRST * usual), used) : used);
    if (rule == CodebookRule.EMA) {
      Tensor column = dead.reshape(codes(), 1);
      Tensor rows = encoded.stopGradient();
      Tensor sums = trace
          .parameter(SUMS)
          .stopGradient()
          .multiply(kept.reshape(codes(), 1))
          .add(chosen.transpose(1, 0).matmul(rows).multiply(taken));
      Tensor started = some(rows).multiply(AT_FIRST * usual);
      trace.tell(SUMS, restarted ? either(column, started.multiply(column), sums) : sums);
    }
  }

  /** What is left where a code is dead, and the other where it is not. */
  private static Tensor either(Tensor dead, Tensor left, Tensor other) {
    return left.add(other.multiply(dead.negate().add(1)));
  }

  /** As many rows as there are codes, from the first on: examples come in no order. */
  private Tensor some(Tensor rows) {
    int count = rows.shape().dimension(0);
    if (count >= codes()) {
      return rows.slice(0, 0, codes());
    }
    Tensor[] more = new Tensor[(codes() - 1) / count];
    Arrays.fill(more, rows);
    return rows.concat(0, more).slice(0, 0, codes());
  }

  private Tensor dead(Tensor usage) {
    Tensor share = usage.divide(usage.sum());
    return share.greater(RARELY / codes()).negate().add(1);
  }

  /** The perplexity is e to the entropy of the usage: K if all are used alike, 1 if one is. */
  private static void report(Tensor usage, Tensor dead) {
    Tensor share = usage.divide(usage.sum());
    Tensor entropy = share.multiply(share.add(TINY).log()).sum().negate();
    usage.trace().tell(QuantizedModel.PERPLEXITY, entropy.exp());
    usage.trace().tell(QuantizedModel.DEAD_CODES, dead.sum());
  }
}

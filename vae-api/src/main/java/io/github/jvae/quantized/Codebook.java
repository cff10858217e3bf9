package io.github.jvae.quantized;

import io.github.jvae.model.Component;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.List;

/**
 * K vectors of D numbers. With {@link CodebookRule#EMA} a vector is m / n of the moving averages of
 * appendix A.1 of van den Oord, Vinyals and Kavukcuoglu, "Neural discrete representation learning",
 * 2017: {@code n ← γ n + (1 - γ) · how often an example uses it} and {@code m ← γ m + (1 - γ) · the
 * sum, for an example, of what is encoded as it}. Those of a code that nobody uses any more fade
 * until they are tiny, and then stay, so that the vector does.
 */
final class Codebook implements Component {
  static final String USAGE = "codebook.usage";
  static final String SUMS = "codebook.sums";
  static final String VECTORS = "codebook.vectors";

  private static final double RARELY = 0.01;
  private static final double FADED = 1e-8;
  private static final double TINY = 1e-30;

  private final Shape shape;
  private final double usual;
  private final CodebookRule rule;
  private final double decay;

  /**
   * @param codes K
   * @param size D
   * @param groups codes of an example
   * @param decay γ
   */
  Codebook(int codes, int size, int groups, CodebookRule rule, double decay) {
    this.shape = Shape.of(codes, size);
    this.usual = (double) groups / codes;
    this.rule = rule;
    this.decay = decay;
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
    Parameter usage = new Parameter(USAGE, Shape.of(codes()), new Initializer.Constant(usual));
    double bound = 1.0 / codes();
    return rule == CodebookRule.EMA
        ? List.of(usage, new Parameter(SUMS, shape, new Initializer.Uniform(bound * usual)))
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
    report(usage);
    Tensor kept = usage.greater(FADED).multiply(decay - 1).add(1);
    double taken = (1 - decay) / examples;
    trace.tell(USAGE, usage.multiply(kept).add(chosen.sum(0).multiply(taken)));
    if (rule == CodebookRule.EMA) {
      Tensor sums = chosen.transpose(1, 0).matmul(encoded.stopGradient());
      Tensor before = trace.parameter(SUMS).stopGradient();
      trace.tell(SUMS, before.multiply(kept.reshape(codes(), 1)).add(sums.multiply(taken)));
    }
  }

  /** The perplexity is e to the entropy of the usage: K if all are used alike, 1 if one is. */
  private void report(Tensor usage) {
    Tensor share = usage.divide(usage.sum());
    Tensor entropy = share.multiply(share.add(TINY).log()).sum().negate();
    usage.trace().tell(QuantizedModel.PERPLEXITY, entropy.exp());
    Tensor used = share.greater(RARELY / codes()).sum();
    usage.trace().tell(QuantizedModel.DEAD_CODES, used.negate().add(codes()));
  }
}

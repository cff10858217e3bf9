package io.github.jvae.likelihood;

import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.model.IndependentLikelihood;
import java.util.Locale;
import java.util.Optional;

/**
 * What the numbers of a column may be distributed as. All that is learned of one, such as a width,
 * the decoder makes for each column.
 */
enum ColumnDistribution {
  GAUSSIAN,
  GAUSSIAN_MIXTURE,
  STUDENT_T,
  LAPLACE,
  LOG_NORMAL,
  BETA,
  POISSON,
  NEGATIVE_BINOMIAL,
  ZERO_INFLATED_POISSON,
  ZERO_INFLATED_NEGATIVE_BINOMIAL,
  BERNOULLI,
  CATEGORICAL;

  private static final double DEGREES_OF_FREEDOM = 5;

  /** Returns the distribution of a name, if there is one. */
  static Optional<ColumnDistribution> named(String name) {
    for (ColumnDistribution distribution : values()) {
      if (distribution.toString().equals(name)) {
        return Optional.of(distribution);
      }
    }
    return Optional.empty();
  }

  /** Returns whether the numbers of a kind of columns can be distributed so. */
  boolean fits(ColumnKind kind) {
    return switch (kind) {
      case NUMERIC, COUNT -> this != BERNOULLI && this != CATEGORICAL;
      case BINARY -> this == BERNOULLI;
      case CATEGORICAL -> this == CATEGORICAL;
    };
  }

  /** Returns whether every number has a density, so that a column may be moved and stretched. */
  boolean takesAnyNumber() {
    return switch (this) {
      case GAUSSIAN, GAUSSIAN_MIXTURE, STUDENT_T, LAPLACE -> true;
      default -> false;
    };
  }

  /**
   * Returns the likelihood of such columns.
   *
   * @param column one of them
   * @param components how many distributions a mixture has
   */
  IndependentLikelihood of(Column column, int components) {
    return switch (this) {
      case GAUSSIAN -> Gaussian.above(ScaleParameter.LEAST_OF_COLUMN);
      case GAUSSIAN_MIXTURE -> new GaussianMixture(components);
      case STUDENT_T -> StudentT.above(DEGREES_OF_FREEDOM, ScaleParameter.LEAST_OF_COLUMN);
      case LAPLACE -> Laplace.above(ScaleParameter.LEAST_OF_COLUMN);
      case LOG_NORMAL -> LogNormal.perElement();
      case BETA -> Beta.perElement();
      case POISSON -> new Poisson();
      case NEGATIVE_BINOMIAL -> NegativeBinomial.perElement();
      case ZERO_INFLATED_POISSON -> ZeroInflated.of(new Poisson());
      case ZERO_INFLATED_NEGATIVE_BINOMIAL -> ZeroInflated.of(NegativeBinomial.perElement());
      case BERNOULLI -> new Bernoulli();
      case CATEGORICAL -> Categorical.ofCategories(column.categories().size());
    };
  }

  /** Returns the name that the likelihood has in configurations. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
